output "address" {
  value = aws_db_instance.this.address
}

output "identifier" {
  value = aws_db_instance.this.identifier
}

output "owner_secret_arn" {
  value = aws_secretsmanager_secret.owner.arn
}

output "replica_address" {
  value = one(aws_db_instance.replica[*].address)
}
