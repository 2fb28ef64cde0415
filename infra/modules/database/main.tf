# PostgreSQL on RDS: private, encrypted, TLS only, backed up daily and to the minute.

locals {
  fleet  = var.shape == "fleet"
  logs   = ["postgresql", "upgrade"]
  family = "postgres${split(".", var.engine_version)[0]}"
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_db_parameter_group" "this" {
  name   = "${var.name}-${local.family}"
  family = local.family

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # In pages of 8 KiB: a quarter and three quarters of the instance's memory, whatever its size.
  parameter {
    name         = "shared_buffers"
    value        = "{DBInstanceClassMemory/32768}"
    apply_method = "pending-reboot"
  }
  parameter {
    name  = "effective_cache_size"
    value = "{DBInstanceClassMemory*3/32768}"
  }

  # In KiB.
  parameter {
    name  = "work_mem"
    value = "16384"
  }
  parameter {
    name  = "maintenance_work_mem"
    value = "131072"
  }

  # What the server calls slow, and who comes and goes.
  parameter {
    name  = "log_min_duration_statement"
    value = "500"
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "log_disconnections"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  identifier     = "${var.name}-db"
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class

  allocated_storage     = var.storage_gb
  max_allocated_storage = var.storage_gb * 5
  storage_type          = "gp3"
  storage_encrypted     = true

  db_name  = "tableorder"
  username = "tableorder_owner"
  # Written and never read back, so that it stands in no state; the program has a role of its own. (RDS would keep it by
  # itself, but then refuses a replica.)
  password_wo         = var.owner_password
  password_wo_version = var.owner_password_version

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [var.security_group_id]
  publicly_accessible    = false
  multi_az               = local.fleet
  parameter_group_name   = aws_db_parameter_group.this.name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  backup_retention_period   = 7
  backup_window             = "18:00-19:00"         # 03:00 to 04:00 in Seoul
  maintenance_window        = "sat:19:00-sat:20:00" # Sunday 04:00 to 05:00 in Seoul
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  deletion_protection       = var.protected
  skip_final_snapshot       = !var.protected
  final_snapshot_identifier = var.protected ? "${var.name}-db-final" : null

  auto_minor_version_upgrade      = true
  enabled_cloudwatch_logs_exports = local.logs
  performance_insights_enabled    = local.fleet
  apply_immediately               = false

  depends_on = [aws_cloudwatch_log_group.database]
}

# RDS would make these by itself, to be kept for ever.
resource "aws_cloudwatch_log_group" "database" {
  for_each = toset(flatten([for instance in local.fleet ? ["db", "db-replica"] : ["db"] : [
    for log in local.logs : "${var.name}-${instance}/${log}"
  ]]))
  name              = "/aws/rds/instance/${each.key}"
  retention_in_days = 7
}

resource "aws_secretsmanager_secret" "owner" {
  name                    = "${var.name}/database-owner"
  description             = "Password of the database's owner"
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "owner" {
  secret_id                = aws_secretsmanager_secret.owner.id
  secret_string_wo         = jsonencode({ username = "tableorder_owner", password = var.owner_password })
  secret_string_wo_version = var.owner_password_version
}

# Reads that may be a moment old, and a second server to promote.
resource "aws_db_instance" "replica" {
  count                           = local.fleet ? 1 : 0
  identifier                      = "${var.name}-db-replica"
  replicate_source_db             = aws_db_instance.this.identifier
  instance_class                  = var.instance_class
  storage_type                    = "gp3"
  storage_encrypted               = true
  vpc_security_group_ids          = [var.security_group_id]
  publicly_accessible             = false
  parameter_group_name            = aws_db_parameter_group.this.name
  ca_cert_identifier              = "rds-ca-rsa2048-g1"
  auto_minor_version_upgrade      = true
  copy_tags_to_snapshot           = true
  deletion_protection             = var.protected
  enabled_cloudwatch_logs_exports = local.logs
  skip_final_snapshot             = true
  performance_insights_enabled    = true
}
