variable "environment" {
  description = "dev or prod."
  type        = string
  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "Expected dev or prod."
  }
}

variable "region" {
  type    = string
  default = "ap-northeast-2"
}

variable "shape" {
  description = "single: one machine, the documents' budget. fleet: 2 to 5 machines in two zones, database in both."
  type        = string
  default     = "single"
  validation {
    condition     = contains(["single", "fleet"], var.shape)
    error_message = "Expected single or fleet."
  }
  validation {
    condition     = var.shape == "single" || var.domain != null
    error_message = "A fleet needs a domain: its load balancer has a certificate."
  }
}

variable "domain" {
  description = "Domain of the installation, whose zone is in Route 53; null is for trying things out in dev."
  type        = string
  default     = null
  validation {
    condition     = var.environment != "prod" || var.domain != null
    error_message = "prod needs a domain: without one CloudFront could not speak TLS to the back end."
  }
  validation {
    condition     = (var.domain == null) == (var.zone_id == null)
    error_message = "domain and zone_id belong together."
  }
}

variable "zone_id" {
  description = "The domain's zone in Route 53."
  type        = string
  default     = null
}

variable "host_prefix" {
  description = "In front of every name, e.g. \"dev-\", where two environments share a domain."
  type        = string
  default     = ""
}

variable "instance_type" {
  type    = string
  default = "t3.small"
}

variable "fleet_max" {
  type    = number
  default = 5
}

variable "database_class" {
  type    = string
  default = "db.t3.small"
}

variable "pool_size" {
  description = "Connections of one process; two processes run on each machine."
  type        = number
  default     = 15
}

variable "waf" {
  type    = bool
  default = false
}

variable "access_logs" {
  type    = bool
  default = true
}

variable "protected" {
  description = "Whether what holds data or serves guests refuses to be deleted."
  type        = bool
  default     = true
}

variable "alarm_addresses" {
  description = "Mail addresses that alarms and the budget go to."
  type        = list(string)
  default     = []
}

variable "budget_usd" {
  type    = number
  default = 80
}

variable "repository" {
  description = "owner/name on GitHub whose workflows deploy; null: none do."
  type        = string
  default     = null
}

variable "oidc_provider_arn" {
  description = "GitHub's identity provider, where another environment of the account has made it."
  type        = string
  default     = null
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
