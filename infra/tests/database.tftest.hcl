mock_provider "aws" {
  source = "./mocks"
}

variables {
  name              = "tableorder"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-rds"
  owner_password    = "drawn"
}

run "single" {
  command = apply
  module {
    source = "../modules/database"
  }
  variables {
    shape = "single"
  }

  assert {
    condition     = aws_db_instance.this.publicly_accessible == false && aws_db_instance.this.vpc_security_group_ids == toset(["sg-rds"])
    error_message = "The database is private, behind its own group."
  }
  assert {
    condition     = one([for p in aws_db_parameter_group.this.parameter : p.value if p.name == "rds.force_ssl"]) == "1"
    error_message = "Connections without TLS are refused."
  }
  assert {
    condition     = aws_db_instance.this.backup_retention_period == 7 && aws_db_instance.this.backup_window == "18:00-19:00"
    error_message = "Backups for seven days, made from 03:00 to 04:00 in Seoul."
  }
  assert {
    condition     = aws_db_instance.this.maintenance_window == "sat:19:00-sat:20:00"
    error_message = "Maintenance on Sunday from 04:00 to 05:00 in Seoul."
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == "tableorder-db-final"
    error_message = "Deleting it is refused, and would leave a snapshot."
  }
  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.storage_type == "gp3" && aws_db_instance.this.allocated_storage == 20
    error_message = "20 GB gp3, encrypted."
  }
  assert {
    condition     = aws_db_instance.this.username != "admin" && aws_db_instance.this.password == null && aws_db_instance.this.password_wo_version == 1 && aws_secretsmanager_secret_version.owner.secret_string_wo_version == 1
    error_message = "The owner's name is allowed in PostgreSQL, and the password is written and never read."
  }
  assert {
    condition     = aws_db_instance.this.identifier == "tableorder-db" && aws_db_instance.this.db_name == "tableorder" && aws_db_instance.this.instance_class == "db.t3.small"
    error_message = "The names and the size of the documents."
  }
  assert {
    condition     = !aws_db_instance.this.multi_az && length(aws_db_instance.replica) == 0
    error_message = "One zone, one instance."
  }
  assert {
    condition = alltrue([for name, value in {
      shared_buffers = "{DBInstanceClassMemory/32768}", effective_cache_size = "{DBInstanceClassMemory*3/32768}",
      work_mem       = "16384", maintenance_work_mem = "131072"
    } : one([for p in aws_db_parameter_group.this.parameter : p.value if p.name == name]) == value])
    error_message = "25 % and 75 % of the memory, 16 MB and 128 MB."
  }
  assert {
    condition     = aws_db_parameter_group.this.family == "postgres15" && aws_db_instance.this.engine_version == "15"
    error_message = "The version that the tests run on."
  }
}

run "fleet" {
  command = apply
  module {
    source = "../modules/database"
  }
  variables {
    shape = "fleet"
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.backup_retention_period == 7
    error_message = "The database stands in two zones."
  }
  assert {
    condition     = length(aws_cloudwatch_log_group.database) == 4 && alltrue([for group in aws_cloudwatch_log_group.database : group.retention_in_days == 7])
    error_message = "Both instances' logs are kept for seven days."
  }
  assert {
    condition     = aws_db_instance.replica[0].publicly_accessible == false && aws_db_instance.replica[0].storage_encrypted && aws_db_instance.replica[0].deletion_protection
    error_message = "The replica is as private as its source."
  }
  assert {
    condition     = aws_db_instance.replica[0].replicate_source_db == "tableorder-db" && aws_db_instance.replica[0].parameter_group_name == aws_db_parameter_group.this.name
    error_message = "The replica follows the database and has its parameters."
  }
}

run "to_throw_away" {
  command = apply
  module {
    source = "../modules/database"
  }
  variables {
    shape     = "single"
    protected = false
  }

  assert {
    condition     = !aws_db_instance.this.deletion_protection && aws_db_instance.this.skip_final_snapshot
    error_message = "dev can be deleted."
  }
}
