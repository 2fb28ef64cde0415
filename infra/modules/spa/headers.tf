# What browsers are told with every file of the site. The server says the same where it serves the apps itself
# (crates/server/src/web.rs); a test of crates/xtask compares the two.

locals {
  hashes = join("", [for hash in var.script_hashes : " 'sha256-${hash}'"])
  csp = join("; ", [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'${local.hashes}",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ])
}

resource "aws_cloudfront_response_headers_policy" "site" {
  name    = "${var.name}-${var.app}"
  comment = "Security headers of the ${var.app} app"

  security_headers_config {
    content_security_policy {
      content_security_policy = local.csp
      override                = true
    }
    strict_transport_security {
      access_control_max_age_sec = 31536000
      include_subdomains         = false
      preload                    = false
      override                   = true
    }
    content_type_options {
      override = true
    }
    frame_options {
      frame_option = "DENY"
      override     = true
    }
    referrer_policy {
      referrer_policy = "same-origin"
      override        = true
    }
  }

  # The hashes belong to a build: `cargo xtask deploy spa` puts those of the new page beside the old ones.
  lifecycle {
    ignore_changes = [security_headers_config[0].content_security_policy[0].content_security_policy]
  }
}
