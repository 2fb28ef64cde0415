variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "shape" {
  description = "single: one zone. fleet: two zones and a read replica."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in two zones."
  type        = list(string)
}

variable "security_group_id" {
  description = "Lets the back end in, nobody else."
  type        = string
}

variable "engine_version" {
  description = "The major version that the tests run on."
  type        = string
  default     = "15"
}

variable "instance_class" {
  type    = string
  default = "db.t3.small"
}

variable "storage_gb" {
  description = "To begin with; grows by itself up to five times that."
  type        = number
  default     = 20
}

variable "protected" {
  description = "Whether deleting it is refused, and leaves a snapshot once it is allowed."
  type        = bool
  default     = true
}

variable "owner_password" {
  description = "Of the database's owner, for the first apply and whenever its version grows; infra/bin/tf draws it."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "owner_password_version" {
  description = "Count up to give the owner a new password."
  type        = number
  default     = 1
}
