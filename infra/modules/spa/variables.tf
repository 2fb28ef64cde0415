variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "environment" {
  type = string
}

variable "account_id" {
  description = "Makes the bucket's name unique in the world."
  type        = string
}

variable "app" {
  description = "customer or admin."
  type        = string
}

variable "base_path" {
  description = "Where the app lives: / or /admin/."
  type        = string
}

variable "origin_domain" {
  description = "Where CloudFront finds the API."
  type        = string
}

variable "origin_tls" {
  type = bool
}

variable "origin_secret" {
  type      = string
  sensitive = true
}

variable "host_name" {
  description = "Name of our own, e.g. order.example.com; null: CloudFront's."
  type        = string
  default     = null
}

variable "zone_id" {
  type    = string
  default = null
}

variable "web_acl_arn" {
  type    = string
  default = null
}

variable "log_bucket_domain" {
  description = "Where access logs go; null: nowhere."
  type        = string
  default     = null
}

variable "script_hashes" {
  description = "SHA-256 (base64) of the page's inline scripts, for the first apply; deployments keep them up to date."
  type        = list(string)
  default     = []
}

variable "versions_kept" {
  description = "So many earlier versions of a file outlive the ninety days."
  type        = number
  default     = 5
}

variable "protected" {
  description = "Whether a bucket that holds something refuses to be deleted."
  type        = bool
  default     = true
}
