# One browser app: a private bucket, and a distribution that serves it and passes /api on to the back end under the
# same host name.

locals {
  # Policies that AWS keeps; their ids are the same in every account.
  caching_optimized   = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled    = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer_but_host = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  everything          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
  custom              = var.host_name != null

  # In this order; the first that fits is taken. Pictures carry their hash in their name.
  to_api = [
    { path = "/api/images/*", cache = local.caching_optimized, request = null, methods = ["GET", "HEAD"] },
    { path = "/api/*", cache = local.caching_disabled, request = local.all_viewer_but_host, methods = local.everything },
    { path = "/health*", cache = local.caching_disabled, request = local.all_viewer_but_host, methods = ["GET", "HEAD"] },
  ]
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = local.bucket
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# On the site's default behaviour only: the API's 403 and 404 stay what they are.
resource "aws_cloudfront_function" "pages" {
  name    = "${var.name}-${var.app}-pages"
  runtime = "cloudfront-js-2.0"
  comment = "Paths without an extension are pages of the app"
  publish = true
  code    = templatefile("${path.module}/pages.js", { base = var.base_path })
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  comment         = "${var.name} ${var.app}"
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = "PriceClass_200"
  aliases         = local.custom ? [var.host_name] : []
  web_acl_id      = var.web_acl_arn

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }

  origin {
    origin_id           = "api"
    domain_name         = var.origin_domain
    connection_attempts = 2
    connection_timeout  = 5

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = var.origin_tls ? "https-only" : "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      # A stream says something every 15 s; nginx keeps connections longer than this.
      origin_read_timeout      = 60
      origin_keepalive_timeout = 60
    }

    custom_header {
      name  = "X-Origin-Verify"
      value = var.origin_secret
    }
  }

  default_root_object = "index.html"

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.site.id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.pages.arn
    }
  }

  dynamic "ordered_cache_behavior" {
    for_each = local.to_api
    content {
      path_pattern             = ordered_cache_behavior.value.path
      target_origin_id         = "api"
      viewer_protocol_policy   = "https-only"
      allowed_methods          = ordered_cache_behavior.value.methods
      cached_methods           = ["GET", "HEAD"]
      compress                 = true
      cache_policy_id          = ordered_cache_behavior.value.cache
      origin_request_policy_id = ordered_cache_behavior.value.request
    }
  }

  # Errors are passed on as they are and remembered for no moment.
  dynamic "custom_error_response" {
    for_each = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]
    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = !local.custom
    acm_certificate_arn            = local.custom ? aws_acm_certificate_validation.site[0].certificate_arn : null
    ssl_support_method             = local.custom ? "sni-only" : null
    minimum_protocol_version       = local.custom ? "TLSv1.2_2021" : null
  }

  dynamic "logging_config" {
    for_each = var.log_bucket_domain == null ? [] : [var.log_bucket_domain]
    content {
      bucket          = logging_config.value
      prefix          = "${var.app}/"
      include_cookies = false
    }
  }
}
