mock_provider "aws" {
  source = "./mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./mocks-us"
}

variables {
  name       = "tableorder"
  vpc_id     = "vpc-0123456789abcdef0"
  origin_tls = true
}

run "single" {
  command = apply
  module {
    source = "../modules/security"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape = "single"
  }

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.backend_from_cloudfront[0].prefix_list_id == data.aws_ec2_managed_prefix_list.cloudfront.id
      && aws_vpc_security_group_ingress_rule.backend_from_cloudfront[0].from_port == 443
      && aws_vpc_security_group_ingress_rule.backend_from_cloudfront[0].to_port == 443
      && aws_vpc_security_group_ingress_rule.backend_from_cloudfront[0].cidr_ipv4 == null
    )
    error_message = "Only CloudFront's addresses reach the back end, with TLS."
  }
  assert {
    condition     = data.aws_ec2_managed_prefix_list.cloudfront.name == "com.amazonaws.global.cloudfront.origin-facing"
    error_message = "CloudFront's list, no other."
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.backend_from_alb) == 0 && length(aws_security_group.alb) == 0
    error_message = "One machine has no load balancer."
  }
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.rds_from_backend.referenced_security_group_id == aws_security_group.backend.id
      && aws_vpc_security_group_ingress_rule.rds_from_backend.security_group_id == aws_security_group.rds.id
      && aws_vpc_security_group_ingress_rule.rds_from_backend.from_port == 5432
      && aws_vpc_security_group_ingress_rule.rds_from_backend.to_port == 5432
      && aws_vpc_security_group_ingress_rule.rds_from_backend.cidr_ipv4 == null
    )
    error_message = "Only the back end reaches the database."
  }
  assert {
    condition     = length(aws_security_group.rds.egress) == 0 || aws_security_group.rds.egress == null
    error_message = "The database opens no connection."
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.backend_out : rule.to_port]) == toset([80, 443])
    error_message = "The back end reaches the web's two ports outside and no more."
  }
  assert {
    condition     = output.web_acl_arn == null
    error_message = "The firewall is an option."
  }
}

run "fleet" {
  command = apply
  module {
    source = "../modules/security"
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
    condition = (
      length(aws_vpc_security_group_ingress_rule.backend_from_cloudfront) == 0
      && aws_vpc_security_group_ingress_rule.backend_from_alb[0].referenced_security_group_id == aws_security_group.alb[0].id
      && aws_vpc_security_group_ingress_rule.alb_from_cloudfront[0].prefix_list_id == data.aws_ec2_managed_prefix_list.cloudfront.id
      && aws_vpc_security_group_ingress_rule.alb_from_cloudfront[0].from_port == 443
    )
    error_message = "CloudFront reaches the load balancer, the load balancer the back end, nobody else either."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.alb_to_backend[0].referenced_security_group_id == aws_security_group.backend.id
    error_message = "The load balancer reaches the back end only."
  }
  assert {
    condition     = one([for rule in aws_wafv2_web_acl.this[0].rule : one(one(rule.statement).rate_based_statement).limit if rule.name == "rate"]) >= 20000
    error_message = "Sixty devices behind one address are no flood."
  }
  assert {
    condition     = length(aws_wafv2_web_acl.this[0].rule) == 4 && aws_wafv2_web_acl.this[0].scope == "CLOUDFRONT"
    error_message = "The rate rule and three managed sets, for CloudFront."
  }
}

run "without_a_domain" {
  command = apply
  module {
    source = "../modules/security"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape      = "single"
    origin_tls = false
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.backend_from_cloudfront[0].from_port == 80 && aws_vpc_security_group_ingress_rule.backend_from_cloudfront[0].to_port == 80
    error_message = "Port 443 is not open where nothing answers."
  }
}
