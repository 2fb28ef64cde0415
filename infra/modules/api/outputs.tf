output "origin_domain" {
  description = "Where CloudFront finds the API."
  value       = var.origin_name != null ? var.origin_name : one(aws_eip.backend[*].public_dns)
}

output "instance_id" {
  value = one(aws_instance.backend[*].id)
}

output "autoscaling_group" {
  value = one(aws_autoscaling_group.backend[*].name)
}

output "balancer_suffix" {
  description = "As alarms name it."
  value       = one(aws_lb.this[*].arn_suffix)
}

output "target_group_suffix" {
  value = one(aws_lb_target_group.backend[*].arn_suffix)
}

output "releases_bucket" {
  value = aws_s3_bucket.releases.id
}

output "releases_bucket_arn" {
  value = aws_s3_bucket.releases.arn
}

output "release_document" {
  value = aws_ssm_document.release.name
}

output "role_tag" {
  description = "Value of the tag Role on every instance."
  value       = local.tags.Role
}
