mock_provider "aws" {
  source = "./mocks"
}

run "images" {
  command = apply
  module {
    source = "../modules/media"
  }
  variables {
    name       = "tableorder"
    account_id = "111122223333"
  }

  assert {
    condition     = aws_s3_bucket.images.bucket == "tableorder-menu-images-111122223333" && !aws_s3_bucket.images.force_destroy
    error_message = "The documents' name, and not deleted with its pictures."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.images.block_public_acls, aws_s3_bucket_public_access_block.images.block_public_policy,
      aws_s3_bucket_public_access_block.images.ignore_public_acls, aws_s3_bucket_public_access_block.images.restrict_public_buckets,
    ])
    error_message = "No picture is public by itself."
  }
  assert {
    condition = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.images.rule : (
      length(rule.transition) == 0 && alltrue([for end in rule.expiration : coalesce(end.days, 0) == 0 && end.date == null])
    )])
    error_message = "Nothing ends or moves a picture that is there."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.images.rule : one(rule.noncurrent_version_expiration).noncurrent_days == 30])
    error_message = "A removed picture can be brought back for thirty days."
  }
  assert {
    condition     = one(aws_s3_bucket_versioning.images.versioning_configuration).status == "Enabled"
    error_message = "Removed pictures are kept as versions."
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.images.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false" && length(jsondecode(aws_s3_bucket_policy.images.policy).Statement) == 1
    error_message = "TLS only, and nobody is allowed anything here."
  }
}
