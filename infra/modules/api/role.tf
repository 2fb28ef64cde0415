# What an instance may do, each on what it needs and no more.

locals {
  arn = "arn:aws:%s:${var.region}:${var.account_id}:%s"
  # A fleet's certificate is the load balancer's.
  certbot = !local.fleet && var.origin_name != null

  instance_statements = concat([
    {
      Sid      = "Pictures"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = ["${var.media_bucket_arn}/pictures/*"]
    },
    {
      Sid      = "ListPictures"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [var.media_bucket_arn]
    },
    {
      Sid      = "Releases"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${aws_s3_bucket.releases.arn}/releases/*"]
    },
    {
      Sid      = "Configuration"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:GetParametersByPath"]
      Resource = [for what in ["config", "config/*", "release"] : format(local.arn, "ssm", "parameter/${var.name}/${what}")]
    },
    {
      Sid      = "Secrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = var.secret_arns
    },
    {
      Sid      = "Logs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = [format(local.arn, "logs", "log-group:${var.log_group}:*")]
    },
    {
      # AWS has no narrower resource for these; the condition keeps it to our own metrics.
      Sid       = "Metrics"
      Effect    = "Allow"
      Action    = ["cloudwatch:PutMetricData"]
      Resource  = ["*"]
      Condition = { StringEquals = { "cloudwatch:namespace" = var.metrics_namespace } }
    },
    {
      # What the agent of Systems Manager asks for; AWS has no narrower resource for these.
      Sid    = "Sessions"
      Effect = "Allow"
      Action = [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
        "ec2messages:AcknowledgeMessage", "ec2messages:DeleteMessage", "ec2messages:FailMessage",
        "ec2messages:GetEndpoint", "ec2messages:GetMessages", "ec2messages:SendReply",
      ]
      Resource = ["*"]
    },
    ], [for statement in [
      {
        Sid      = "CertificateZone"
        Effect   = "Allow"
        Action   = ["route53:ListHostedZones", "route53:GetChange"]
        Resource = ["*"]
      },
      {
        # certbot proves that the name is ours by one record, and may write no other.
        Sid      = "CertificateRecord"
        Effect   = "Allow"
        Action   = ["route53:ChangeResourceRecordSets"]
        Resource = ["arn:aws:route53:::hostedzone/${var.zone_id != null ? var.zone_id : "none"}"]
        Condition = {
          "ForAllValues:StringEquals" = {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames" = ["_acme-challenge.${var.origin_name != null ? var.origin_name : "none"}"]
            "route53:ChangeResourceRecordSetsRecordTypes"           = ["TXT"]
          }
        }
      },
  ] : statement if local.certbot])
}

resource "aws_iam_role" "backend" {
  name = "${var.name}-ec2-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "backend" {
  name   = "backend"
  role   = aws_iam_role.backend.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.instance_statements })
}

resource "aws_iam_instance_profile" "backend" {
  name = "${var.name}-ec2-role"
  role = aws_iam_role.backend.name
}
