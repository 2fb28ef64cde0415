# Releases: a private bucket, the name of the one that runs, and the one command that CI may give to instances.

resource "aws_s3_bucket" "releases" {
  bucket = "${var.name}-releases-${var.account_id}"
  # With everything in it, where nothing is protected.
  force_destroy = !var.protected
}

resource "aws_s3_bucket_public_access_block" "releases" {
  bucket                  = aws_s3_bucket.releases.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "releases" {
  bucket = aws_s3_bucket.releases.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# A release that was written over can still be told from what it was.
resource "aws_s3_bucket_versioning" "releases" {
  bucket = aws_s3_bucket.releases.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "releases" {
  bucket     = aws_s3_bucket.releases.id
  depends_on = [aws_s3_bucket_versioning.releases]
  rule {
    id     = "old-releases"
    status = "Enabled"
    filter {
      prefix = "releases/"
    }
    expiration {
      days = 365
    }
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
  rule {
    id     = "broken-uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "releases" {
  bucket = aws_s3_bucket.releases.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.releases.arn, "${aws_s3_bucket.releases.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.releases]
}

# Which release new instances install. Terraform makes it; releases change it.
resource "aws_ssm_parameter" "release" {
  name  = "/${var.name}/release"
  type  = "String"
  value = "none"
  lifecycle {
    ignore_changes = [value]
  }
}

resource "aws_ssm_document" "release" {
  name            = "${var.name}-release"
  document_type   = "Command"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Install a release, or go back to one that was installed before"
    parameters = {
      Release = {
        type           = "String"
        description    = "Name of the release, e.g. v1.4.0 or a commit"
        allowedPattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
      }
    }
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "release"
      inputs = {
        timeoutSeconds = "600"
        # A machine that has never had a release has only what cloud-init left there.
        runCommand = [
          "if [ -x /opt/tableorder/bin/tableorder-release ]",
          "then exec /opt/tableorder/bin/tableorder-release install '{{ Release }}'",
          "else exec /usr/local/sbin/tableorder-first '{{ Release }}'",
          "fi",
        ]
      }
    }]
  })
}

locals {
  cloud_init = templatefile("${path.module}/../../host/cloud-init.yaml", {
    name   = var.name
    region = var.region
    bucket = aws_s3_bucket.releases.id
    origin = var.origin_name != null ? var.origin_name : "none"
    fleet  = local.fleet
  })
}
