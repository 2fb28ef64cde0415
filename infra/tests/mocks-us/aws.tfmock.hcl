# What is different in us-east-1, where CloudFront's things live.

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:us-east-1:111122223333:alarms" }
}

mock_resource "aws_acm_certificate" {
  defaults = {
    arn = "arn:aws:acm:us-east-1:111122223333:certificate/us"
    domain_validation_options = [{
      domain_name           = "order.example.com"
      resource_record_name  = "_a.example.com"
      resource_record_type  = "CNAME"
      resource_record_value = "_b.acm-validations.aws"
    }]
  }
}

mock_resource "aws_acm_certificate_validation" {
  defaults = { certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/us" }
}

mock_resource "aws_wafv2_web_acl" {
  defaults = { arn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/tableorder/a" }
}
