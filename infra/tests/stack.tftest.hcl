mock_provider "aws" {
  source = "./mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./mocks-us"
}

# The stack as a whole: the shapes go together, and what must not be is refused.
variables {
  environment     = "prod"
  domain          = "example.com"
  zone_id         = "Z0123456789ABCDEFGHIJ"
  repository      = "owner/name"
  alarm_addresses = ["operator@example.com"]
  owner_password  = "drawn"
}

run "single" {
  command = plan
  module {
    source = "../stack"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape = "single"
    waf   = false
  }

  assert {
    condition     = output.deploy.sites.customer.origin == "https://order.example.com" && output.deploy.sites.admin.origin == "https://manage.example.com"
    error_message = "Each app has a name of its own."
  }
  assert {
    condition     = aws_ssm_parameter.config["PUBLIC_ORIGINS"].value == "https://manage.example.com,https://order.example.com"
    error_message = "The server knows the names that people type."
  }
  assert {
    condition     = alltrue([for parameter in aws_ssm_parameter.config : startswith(parameter.name, "/tableorder/config/")])
    error_message = "Where the role of the machines may read."
  }
  assert {
    condition     = length(module.ci) == 1 && output.deploy.name == "tableorder"
    error_message = "CI has its roles; prod has the plain names."
  }
}

run "fleet" {
  command = plan
  module {
    source = "../stack"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape = "fleet"
    waf   = true
  }

  assert {
    condition     = output.deploy.sites.customer.origin == "https://order.example.com" && output.deploy.sites.admin.origin == "https://manage.example.com"
    error_message = "Each app has a name of its own."
  }
  assert {
    condition     = aws_ssm_parameter.config["PUBLIC_ORIGINS"].value == "https://manage.example.com,https://order.example.com"
    error_message = "The server knows the names that people type."
  }
  assert {
    condition     = alltrue([for parameter in aws_ssm_parameter.config : startswith(parameter.name, "/tableorder/config/")])
    error_message = "Where the role of the machines may read."
  }
  assert {
    condition     = length(module.ci) == 1 && output.deploy.name == "tableorder"
    error_message = "CI has its roles; prod has the plain names."
  }
}

run "prod_needs_a_domain" {
  command = plan
  module {
    source = "../stack"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    domain  = null
    zone_id = null
  }
  expect_failures = [var.domain]
}

run "a_domain_needs_its_zone" {
  command = plan
  module {
    source = "../stack"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    zone_id = null
  }
  expect_failures = [var.domain]
}

run "a_fleet_needs_a_domain" {
  command = plan
  module {
    source = "../stack"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    environment = "dev"
    shape       = "fleet"
    domain      = null
    zone_id     = null
  }
  expect_failures = [var.shape]
}

run "there_are_two_shapes" {
  command = plan
  module {
    source = "../stack"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape = "cluster"
  }
  expect_failures = [var.shape]
}
