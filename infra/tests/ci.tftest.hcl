mock_provider "aws" {
  source = "./mocks"
}

run "roles" {
  command = apply
  module {
    source = "../modules/ci"
  }
  variables {
    name                = "tableorder"
    environment         = "prod"
    region              = "ap-northeast-2"
    account_id          = "111122223333"
    repository          = "owner/name"
    releases_bucket_arn = "arn:aws:s3:::releases"
    release_document    = "tableorder-release"
    role_tag            = "tableorder-backend"
    sites = { for app in ["customer", "admin"] : app => {
      bucket_arn         = "arn:aws:s3:::${app}"
      distribution_arn   = "arn:aws:cloudfront::111122223333:distribution/${app}"
      headers_policy_arn = "arn:aws:cloudfront::111122223333:response-headers-policy/${app}"
    } }
  }

  assert {
    condition = alltrue([for part, role in aws_iam_role.deploy : (
      jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:owner/name:environment:prod-${part}"
      && jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"
    )])
    error_message = "A role is for jobs of its own environment of this repository."
  }
  assert {
    condition     = toset(keys(aws_iam_role.deploy)) == toset(["backend", "customer-web", "admin-web"])
    error_message = "One role for each part."
  }
  assert {
    condition     = alltrue(flatten([for policy in aws_iam_role_policy.deploy : [for s in jsondecode(policy.policy).Statement : [for action in s.Action : !strcontains(action, "*")]]]))
    error_message = "Every right is named."
  }
  assert {
    condition     = flatten([for policy in aws_iam_role_policy.deploy : [for s in jsondecode(policy.policy).Statement : s.Sid if contains(s.Resource, "*")]]) == ["Outcome"]
    error_message = "Only reading the outcome of commands is allowed on all."
  }
  assert {
    condition = alltrue(flatten([for app in ["customer", "admin"] : [for s in jsondecode(aws_iam_role_policy.deploy["${app}-web"].policy).Statement : [
      for resource in s.Resource : strcontains(resource, app)
    ]]]))
    error_message = "An app's role works on that app's things only."
  }
  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.deploy["backend"].policy).Statement : s.Condition.StringEquals["ssm:resourceTag/Role"] if s.Sid == "Instances"]) == "tableorder-backend"
    error_message = "Commands go to the back end's machines only."
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.deploy["backend"].policy, "AWS-RunShellScript") && one([for s in jsondecode(aws_iam_role_policy.deploy["backend"].policy).Statement : s.Resource if s.Sid == "Document"]) == ["arn:aws:ssm:ap-northeast-2:111122223333:document/tableorder-release"]
    error_message = "Commands are releases, nothing else."
  }
}
