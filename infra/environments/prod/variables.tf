variable "region" {
  type    = string
  default = "ap-northeast-2"
}

variable "shape" {
  description = "single or fleet."
  type        = string
  default     = "single"
}

variable "domain" {
  description = "Domain whose zone is in Route 53."
  type        = string
  default     = null
}

variable "zone_id" {
  type    = string
  default = null
}

variable "waf" {
  type    = bool
  default = false
}

variable "alarm_addresses" {
  type    = list(string)
  default = []
}

variable "budget_usd" {
  type    = number
  default = 80
}

variable "repository" {
  description = "owner/name on GitHub."
  type        = string
  default     = null
}

variable "oidc_provider_arn" {
  type    = string
  default = null
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
