# What AWS would answer, as far as something else is made from it.

mock_data "aws_caller_identity" {
  defaults = { account_id = "111122223333" }
}

mock_data "aws_ec2_managed_prefix_list" {
  defaults = { id = "pl-22a6434b" }
}

mock_data "aws_secretsmanager_random_password" {
  defaults = { random_password = "from-cloudfront" }
}

mock_data "aws_ssm_parameter" {
  defaults = { value = "ami-0123456789abcdef0" }
}

mock_resource "aws_s3_bucket" {
  defaults = {
    arn                         = "arn:aws:s3:::a-bucket"
    bucket_domain_name          = "a-bucket.s3.amazonaws.com"
    bucket_regional_domain_name = "a-bucket.s3.ap-northeast-2.amazonaws.com"
  }
}

mock_resource "aws_cloudfront_distribution" {
  defaults = {
    arn            = "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE"
    domain_name    = "d111111abcdef8.cloudfront.net"
    hosted_zone_id = "Z2FDTNDATAQYW2"
  }
}

mock_resource "aws_cloudfront_function" {
  defaults = { arn = "arn:aws:cloudfront::111122223333:function/pages" }
}

mock_resource "aws_cloudfront_response_headers_policy" {
  defaults = { arn = "arn:aws:cloudfront::111122223333:response-headers-policy/a" }
}

mock_resource "aws_acm_certificate" {
  defaults = {
    arn = "arn:aws:acm:us-east-1:111122223333:certificate/a"
    domain_validation_options = [{
      domain_name           = "origin.example.com"
      resource_record_name  = "_a.example.com"
      resource_record_type  = "CNAME"
      resource_record_value = "_b.acm-validations.aws"
    }]
  }
}

mock_resource "aws_acm_certificate_validation" {
  defaults = { certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/a" }
}

mock_resource "aws_wafv2_web_acl" {
  defaults = { arn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/tableorder/a" }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = { arn = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:tableorder/app-a" }
}

mock_resource "aws_db_instance" {
  defaults = {
    address = "tableorder-db.a.ap-northeast-2.rds.amazonaws.com"
  }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::111122223333:role/a" }
}

mock_resource "aws_iam_instance_profile" {
  defaults = { arn = "arn:aws:iam::111122223333:instance-profile/a" }
}

mock_resource "aws_iam_openid_connect_provider" {
  defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
}

mock_resource "aws_lb" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/a/1"
    arn_suffix = "app/a/1"
    dns_name   = "a-1.ap-northeast-2.elb.amazonaws.com"
    zone_id    = "ZWKZPGTI48KDX"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/a/1"
    arn_suffix = "targetgroup/a/1"
  }
}

mock_resource "aws_lb_listener" {
  defaults = { arn = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener/app/a/1/1" }
}

mock_resource "aws_eip" {
  defaults = {
    public_ip  = "203.0.113.10"
    public_dns = "ec2-203-0-113-10.ap-northeast-2.compute.amazonaws.com"
  }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:ap-northeast-2:111122223333:alarms" }
}

mock_resource "aws_launch_template" {
  defaults = { id = "lt-0123456789abcdef0" }
}
