variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "shape" {
  description = "single or fleet."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "origin_tls" {
  description = "Whether CloudFront speaks TLS to the origin."
  type        = bool
}

variable "waf" {
  description = "Whether a firewall stands in front of CloudFront; it costs extra."
  type        = bool
  default     = false
}

variable "requests_per_five_minutes" {
  description = "More from one address are refused by the firewall."
  type        = number
  default     = 20000
}
