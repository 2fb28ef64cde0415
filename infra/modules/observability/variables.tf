variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "namespace" {
  description = "Of our own metrics; each environment has its own, so that filters need no dimensions."
  type        = string
}

variable "region" {
  type = string
}

variable "shape" {
  description = "single or fleet."
  type        = string
}

variable "log_group" {
  type = string
}

variable "alarm_addresses" {
  description = "Who gets mail; each address confirms once for each of two regions."
  type        = list(string)
}

variable "budget_usd" {
  description = "A month's costs; mail at 80 % spent and at 100 % foreseen."
  type        = number
}

variable "instance_id" {
  type    = string
  default = null
}

variable "autoscaling_group" {
  type    = string
  default = null
}

variable "balancer_suffix" {
  type    = string
  default = null
}

variable "target_group_suffix" {
  type    = string
  default = null
}

variable "database_identifier" {
  type = string
}

variable "machines_max" {
  description = "Most machines at once."
  type        = number
}

variable "pool_size" {
  description = "DATABASE_POOL_SIZE of one process."
  type        = number
}

variable "distributions" {
  description = "Id of each app's distribution."
  type        = map(string)
}

variable "buckets" {
  description = "Buckets whose sizes are shown."
  type        = list(string)
}

variable "opening_utc" {
  description = "Hours (UTC) at which somebody orders on any day; within one day of UTC."
  type        = object({ from = number, to = number })
  default     = { from = 3, to = 12 }
}
