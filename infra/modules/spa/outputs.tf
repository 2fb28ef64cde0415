output "bucket" {
  value = aws_s3_bucket.site.id
}

output "bucket_arn" {
  value = aws_s3_bucket.site.arn
}

output "distribution_id" {
  value = aws_cloudfront_distribution.this.id
}

output "distribution_arn" {
  value = aws_cloudfront_distribution.this.arn
}

output "headers_policy_id" {
  value = aws_cloudfront_response_headers_policy.site.id
}

output "headers_policy_arn" {
  value = aws_cloudfront_response_headers_policy.site.arn
}

output "origin" {
  description = "What people open, without a slash at the end."
  value       = "https://${local.custom ? var.host_name : aws_cloudfront_distribution.this.domain_name}"
}
