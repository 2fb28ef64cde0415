# What GitHub Actions may do: one role for each part, for jobs of that part's environment only, without stored keys.

locals {
  environment_of = { for part in ["backend", "customer-web", "admin-web"] : part => "${var.environment}-${part}" }

  site_statements = { for app, site in var.sites : app => [
    {
      Sid      = "List"
      Effect   = "Allow"
      Action   = ["s3:ListBucket", "s3:ListBucketVersions"]
      Resource = [site.bucket_arn]
    },
    {
      Sid      = "Files"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"]
      Resource = ["${site.bucket_arn}/*"]
    },
    {
      Sid      = "Distribution"
      Effect   = "Allow"
      Action   = ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation", "cloudfront:GetDistribution"]
      Resource = [site.distribution_arn]
    },
    {
      Sid      = "Policy"
      Effect   = "Allow"
      Action   = ["cloudfront:GetResponseHeadersPolicy", "cloudfront:UpdateResponseHeadersPolicy"]
      Resource = [site.headers_policy_arn]
    },
  ] }

  arn = "arn:aws:%s:${var.region}:${var.account_id}:%s"
  backend_statements = [
    {
      Sid      = "Releases"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = ["${var.releases_bucket_arn}/releases/*"]
    },
    {
      Sid      = "WhichRelease"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:PutParameter"]
      Resource = [format(local.arn, "ssm", "parameter/${var.name}/release")]
    },
    {
      # This one document, which takes the name of a release and nothing else.
      Sid      = "Document"
      Effect   = "Allow"
      Action   = ["ssm:SendCommand"]
      Resource = [format(local.arn, "ssm", "document/${var.release_document}")]
    },
    {
      Sid       = "Instances"
      Effect    = "Allow"
      Action    = ["ssm:SendCommand"]
      Resource  = [format(local.arn, "ec2", "instance/*")]
      Condition = { StringEquals = { "ssm:resourceTag/Role" = var.role_tag } }
    },
    {
      # Reading how a command went; AWS has no narrower resource for it.
      Sid      = "Outcome"
      Effect   = "Allow"
      Action   = ["ssm:ListCommandInvocations", "ssm:ListCommands"]
      Resource = ["*"]
    },
  ]

  statements = merge({ backend = local.backend_statements }, { for app, list in local.site_statements : "${app}-web" => list })
}

# An account has one; another stack of the account names it.
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.oidc_provider_arn == null ? 1 : 0
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  provider_arn = var.oidc_provider_arn != null ? var.oidc_provider_arn : aws_iam_openid_connect_provider.github[0].arn
}

resource "aws_iam_role" "deploy" {
  for_each             = local.environment_of
  name                 = "${var.name}-deploy-${each.key}"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:${var.repository}:environment:${each.value}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  for_each = local.statements
  name     = "deploy"
  role     = aws_iam_role.deploy[each.key].id
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value })
}
