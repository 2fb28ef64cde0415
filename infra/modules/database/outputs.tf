output "address" {
  value = aws_db_instance.this.address
}

output "identifier" {
  value = aws_db_instance.this.identifier
}

output "owner_secret_arn" {
  description = "The owner's password, kept by RDS."
  value       = try(aws_db_instance.this.master_user_secret[0].secret_arn, null)
}

output "replica_address" {
  value = one(aws_db_instance.replica[*].address)
}
