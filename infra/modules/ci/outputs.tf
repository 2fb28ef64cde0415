output "role_arns" {
  description = "For the workflows' environments."
  value       = { for part, role in aws_iam_role.deploy : part => role.arn }
}
