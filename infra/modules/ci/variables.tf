variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "environment" {
  type = string
}

variable "region" {
  type = string
}

variable "account_id" {
  type = string
}

variable "repository" {
  description = "owner/name on GitHub."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Expected owner/name."
  }
}

variable "oidc_provider_arn" {
  description = "GitHub's identity provider, where the account has it already."
  type        = string
  default     = null
}

variable "sites" {
  description = "customer and admin: what each app's role works on."
  type = map(object({
    bucket_arn         = string
    distribution_arn   = string
    headers_policy_arn = string
  }))
}

variable "releases_bucket_arn" {
  type = string
}

variable "release_document" {
  type = string
}

variable "role_tag" {
  type = string
}
