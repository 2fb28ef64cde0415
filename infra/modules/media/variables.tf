variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "account_id" {
  description = "Makes the bucket's name unique in the world."
  type        = string
}

variable "protected" {
  description = "Whether a bucket that holds something refuses to be deleted."
  type        = bool
  default     = true
}
