output "alb_group_id" {
  value = one(aws_security_group.alb[*].id)
}

output "backend_group_id" {
  value = aws_security_group.backend.id
}

output "rds_group_id" {
  value = aws_security_group.rds.id
}

output "app_secret_arn" {
  value = aws_secretsmanager_secret.app.arn
}

output "origin_secret_arn" {
  value = aws_secretsmanager_secret.origin.arn
}

output "origin_secret" {
  value     = terraform_data.origin_secret.output
  sensitive = true
}

output "web_acl_arn" {
  value = one(aws_wafv2_web_acl.this[*].arn)
}
