mock_provider "aws" {
  source = "./mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./mocks-us"
}

variables {
  name          = "tableorder"
  environment   = "prod"
  account_id    = "111122223333"
  origin_domain = "origin.example.com"
  origin_tls    = true
  origin_secret = "from-cloudfront"
}

run "customer" {
  command = apply
  module {
    source = "../modules/spa"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    app               = "customer"
    base_path         = "/"
    host_name         = "order.example.com"
    zone_id           = "Z0123456789ABCDEFGHIJ"
    log_bucket_domain = "logs.s3.amazonaws.com"
    script_hashes     = ["ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="]
  }

  # --- the bucket
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.site.block_public_acls, aws_s3_bucket_public_access_block.site.block_public_policy,
      aws_s3_bucket_public_access_block.site.ignore_public_acls, aws_s3_bucket_public_access_block.site.restrict_public_buckets,
    ])
    error_message = "The bucket is private."
  }
  assert {
    condition     = one(aws_s3_bucket_versioning.site.versioning_configuration).status == "Enabled"
    error_message = "Going back needs versions."
  }
  assert {
    condition = alltrue([for statement in jsondecode(aws_s3_bucket_policy.site.policy).Statement : (
      try(statement.Principal.Service, "") == "cloudfront.amazonaws.com"
      && statement.Condition.StringEquals["AWS:SourceArn"] == aws_cloudfront_distribution.this.arn
      && contains(["s3:GetObject", "s3:ListBucket"], statement.Action)
    ) if statement.Effect == "Allow"])
    error_message = "This distribution reads, nobody else does anything."
  }
  assert {
    condition     = [for s in jsondecode(aws_s3_bucket_policy.site.policy).Statement : s.Condition.Bool["aws:SecureTransport"] if s.Effect == "Deny"] == ["false"]
    error_message = "TLS only."
  }
  assert {
    condition     = aws_cloudfront_origin_access_control.site.signing_behavior == "always" && aws_cloudfront_origin_access_control.site.signing_protocol == "sigv4"
    error_message = "CloudFront signs what it asks the bucket."
  }
  assert {
    condition = one([for origin in aws_cloudfront_distribution.this.origin : (
      origin.origin_access_control_id == aws_cloudfront_origin_access_control.site.id && length(origin.s3_origin_config) == 0
    ) if origin.origin_id == "site"])
    error_message = "By origin access control, not by the identity of old."
  }
  assert {
    condition = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.site.rule : (
      length(rule.transition) == 0 && alltrue([for end in rule.expiration : coalesce(end.days, 0) == 0])
      && one(rule.noncurrent_version_expiration).noncurrent_days >= 30
      && one(rule.noncurrent_version_expiration).newer_noncurrent_versions == 5
    )])
    error_message = "Only old versions end, and five are kept."
  }

  # --- the site
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "HTTPS only."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.http_version == "http2and3" && aws_cloudfront_distribution.this.price_class == "PriceClass_200"
    error_message = "HTTP/2 and 3, in America, Europe and Asia."
  }
  assert {
    condition = (
      aws_cloudfront_distribution.this.default_cache_behavior[0].compress
      && aws_cloudfront_distribution.this.default_cache_behavior[0].cache_policy_id == "658327ea-f89d-4fab-a63d-7e88639e58f6"
      && toset(aws_cloudfront_distribution.this.default_cache_behavior[0].allowed_methods) == toset(["GET", "HEAD"])
    )
    error_message = "CachingOptimized, compressed, read only."
  }
  assert {
    condition = (
      one(aws_cloudfront_distribution.this.default_cache_behavior[0].function_association).event_type == "viewer-request"
      && one(aws_cloudfront_distribution.this.default_cache_behavior[0].function_association).function_arn == aws_cloudfront_function.pages.arn
    )
    error_message = "Pages are found by the function."
  }
  assert {
    condition     = alltrue([for behaviour in aws_cloudfront_distribution.this.ordered_cache_behavior : length(behaviour.function_association) == 0 && length(behaviour.lambda_function_association) == 0])
    error_message = "The API's answers are nobody's pages."
  }
  assert {
    condition = length(aws_cloudfront_distribution.this.custom_error_response) > 0 && alltrue([
      for answer in aws_cloudfront_distribution.this.custom_error_response :
      (answer.response_page_path == null || answer.response_page_path == "") && coalesce(answer.response_code, 0) == 0 && answer.error_caching_min_ttl == 0
    ])
    error_message = "No error is rewritten or remembered."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_root_object == "index.html" && length(aws_cloudfront_distribution.this.logging_config) == 1
    error_message = "The page at the root, and access logs."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" && aws_cloudfront_distribution.this.viewer_certificate[0].acm_certificate_arn == "arn:aws:acm:us-east-1:111122223333:certificate/us"
    error_message = "TLS 1.2 or better, with a certificate of us-east-1."
  }
  assert {
    condition     = toset(keys(aws_route53_record.site)) == toset(["A", "AAAA"]) && aws_cloudfront_distribution.this.aliases == toset(["order.example.com"])
    error_message = "The name leads here, by both protocols of the internet."
  }

  # --- the API
  assert {
    condition     = [for behaviour in aws_cloudfront_distribution.this.ordered_cache_behavior : behaviour.path_pattern] == ["/api/images/*", "/api/*", "/health*"]
    error_message = "Pictures before the rest of the API."
  }
  assert {
    condition = alltrue([for behaviour in aws_cloudfront_distribution.this.ordered_cache_behavior : (
      behaviour.target_origin_id == "api" && behaviour.viewer_protocol_policy == "https-only"
    )])
    error_message = "The API is reached over HTTPS and nothing else."
  }
  assert {
    condition = one([for behaviour in aws_cloudfront_distribution.this.ordered_cache_behavior : (
      behaviour.cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
      && behaviour.origin_request_policy_id == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
      && length(behaviour.allowed_methods) == 7
    ) if behaviour.path_pattern == "/api/*"])
    error_message = "The API is not cached, gets everything but Host, and takes every method."
  }
  assert {
    condition = one([for behaviour in aws_cloudfront_distribution.this.ordered_cache_behavior : (
      behaviour.cache_policy_id == "658327ea-f89d-4fab-a63d-7e88639e58f6" && !contains(["b689b0a8-53d0-40ab-baf2-68738e2966ac", "216adef6-5c7f-47e4-b989-5492eafa07d3"], coalesce(behaviour.origin_request_policy_id, "none"))
    ) if behaviour.path_pattern == "/api/images/*"])
    error_message = "Pictures are cached, and asked for without cookies."
  }
  # A stream says something every 15 s.
  assert {
    condition = one([for origin in aws_cloudfront_distribution.this.origin : (
      one(origin.custom_origin_config).origin_read_timeout >= 3 * 15
      && one(origin.custom_origin_config).origin_protocol_policy == "https-only"
      && one(origin.custom_origin_config).origin_ssl_protocols == toset(["TLSv1.2"])
    ) if origin.origin_id == "api"])
    error_message = "A stream outlives two lost heartbeats, over TLS."
  }
  assert {
    condition = one([for origin in aws_cloudfront_distribution.this.origin : (
      one(origin.custom_header).name == "X-Origin-Verify" && one(origin.custom_header).value == "from-cloudfront"
    ) if origin.origin_id == "api"])
    error_message = "The back end can tell this CloudFront from others."
  }

  # --- headers
  assert {
    condition     = one(one(aws_cloudfront_response_headers_policy.site.security_headers_config).content_security_policy).content_security_policy == "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    error_message = "The content security policy, with the build's hashes."
  }
  assert {
    condition = (
      one(one(aws_cloudfront_response_headers_policy.site.security_headers_config).strict_transport_security).access_control_max_age_sec >= 31536000
      && one(one(aws_cloudfront_response_headers_policy.site.security_headers_config).frame_options).frame_option == "DENY"
      && one(one(aws_cloudfront_response_headers_policy.site.security_headers_config).content_type_options).override
      && one(one(aws_cloudfront_response_headers_policy.site.security_headers_config).referrer_policy).referrer_policy == "same-origin"
    )
    error_message = "HSTS for a year, no frames, no sniffing, no referrer for others."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].response_headers_policy_id == aws_cloudfront_response_headers_policy.site.id
    error_message = "The site's files carry the headers."
  }
}

run "admin_without_a_domain" {
  command = apply
  module {
    source = "../modules/spa"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    environment = "dev"
    app         = "admin"
    base_path   = "/admin/"
    origin_tls  = false
  }

  assert {
    condition     = aws_s3_bucket.site.bucket == "tableorder-admin-frontend-dev-111122223333"
    error_message = "The documents' name, made unique."
  }
  assert {
    condition     = length(aws_acm_certificate.site) == 0 && aws_cloudfront_distribution.this.viewer_certificate[0].cloudfront_default_certificate
    error_message = "CloudFront's own name and certificate."
  }
  assert {
    condition     = one([for origin in aws_cloudfront_distribution.this.origin : one(origin.custom_origin_config).origin_protocol_policy if origin.origin_id == "api"]) == "http-only"
    error_message = "Without a certificate the origin is asked in the clear."
  }
  assert {
    condition     = strcontains(aws_cloudfront_function.pages.code, "var BASE = '/admin/';")
    error_message = "The function knows where the app lives."
  }
}
