variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "shape" {
  description = "single or fleet."
  type        = string
}

variable "region" {
  type = string
}

variable "account_id" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "public_subnet_ids" {
  description = "Where the load balancer stands."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Where instances stand."
  type        = list(string)
}

variable "backend_group_id" {
  type = string
}

variable "alb_group_id" {
  description = "Null without a load balancer."
  type        = string
  default     = null
}

variable "origin_name" {
  description = "Name under which CloudFront finds the API, e.g. origin.example.com; null: the machine's own."
  type        = string
  default     = null
}

variable "zone_id" {
  description = "Its zone in Route 53."
  type        = string
  default     = null
}

variable "instance_type" {
  type    = string
  default = "t3.small"
}

variable "disk_gb" {
  type    = number
  default = 20
}

variable "fleet_max" {
  description = "Most instances of a fleet; the least is two."
  type        = number
  default     = 5
}

variable "ssh_public_key" {
  description = "Only for the serial console: no port of SSH is open."
  type        = string
  default     = null
}

variable "media_bucket_arn" {
  type = string
}

variable "secret_arns" {
  description = "Secrets that an instance reads when it starts."
  type        = list(string)
}

variable "origin_secret" {
  description = "What CloudFront says with each request."
  type        = string
  sensitive   = true
}

variable "log_group" {
  type = string
}

variable "protected" {
  description = "Whether ending the machine or the load balancer by mistake is refused."
  type        = bool
  default     = true
}

variable "metrics_namespace" {
  description = "Where the machines' own metrics go."
  type        = string
}
