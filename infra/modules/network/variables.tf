variable "name" {
  description = "Prefix of every name, e.g. tableorder or tableorder-dev."
  type        = string
}

variable "region" {
  description = "Region of everything but CloudFront."
  type        = string
}

variable "shape" {
  description = "single: one instance. fleet: several behind a load balancer, in two zones."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC, a /16."
  type        = string
  default     = "10.20.0.0/16"
}

variable "zones" {
  description = "Two zones of the region, named so that a new one of AWS moves no subnet."
  type        = list(string)
  default     = ["ap-northeast-2a", "ap-northeast-2c"]
}
