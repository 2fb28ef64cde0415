mock_provider "aws" {
  source = "./mocks"
}

variables {
  name              = "tableorder"
  region            = "ap-northeast-2"
  account_id        = "111122223333"
  vpc_id            = "vpc-0123456789abcdef0"
  public_subnet_ids = ["subnet-a", "subnet-b"]
  subnet_ids        = ["subnet-c", "subnet-d"]
  backend_group_id  = "sg-backend"
  alb_group_id      = "sg-alb"
  origin_name       = "origin.example.com"
  zone_id           = "Z0123456789ABCDEFGHIJ"
  media_bucket_arn  = "arn:aws:s3:::images"
  secret_arns       = ["arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:tableorder/app-a"]
  origin_secret     = "from-cloudfront"
  log_group         = "/aws/ec2/tableorder-backend"
  metrics_namespace = "TableOrder/prod"
}

run "single" {
  command = apply
  module {
    source = "../modules/api"
  }
  variables {
    shape = "single"
  }

  assert {
    condition     = aws_launch_template.backend.metadata_options[0].http_tokens == "required" && aws_launch_template.backend.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Credentials of the machine are given to session tokens only."
  }
  assert {
    condition = (
      tobool(aws_launch_template.backend.block_device_mappings[0].ebs[0].encrypted)
      && aws_launch_template.backend.block_device_mappings[0].ebs[0].volume_size == 20
      && aws_launch_template.backend.block_device_mappings[0].ebs[0].volume_type == "gp3"
      && aws_launch_template.backend.instance_type == "t3.small"
    )
    error_message = "t3.small with 20 GB gp3, encrypted."
  }
  assert {
    condition     = aws_launch_template.backend.network_interfaces[0].subnet_id == "subnet-c" && aws_launch_template.backend.network_interfaces[0].security_groups == toset(["sg-backend"])
    error_message = "The machine stands in its subnet, behind its group."
  }
  assert {
    condition     = length(aws_eip.backend) == 1 && aws_eip.backend[0].instance == aws_instance.backend[0].id
    error_message = "The address survives a stop."
  }
  assert {
    condition     = aws_launch_template.backend.iam_instance_profile[0].arn == aws_iam_instance_profile.backend.arn && aws_iam_role.backend.name == "tableorder-ec2-role"
    error_message = "The machine has its role from the start."
  }
  assert {
    condition     = aws_launch_template.backend.tag_specifications[0].tags.Name == "tableorder-backend" && aws_instance.backend[0].disable_api_termination
    error_message = "Named, and not ended by mistake."
  }
  assert {
    condition     = length(aws_key_pair.operator) == 0
    error_message = "Nobody signs in with a key unless it was asked for."
  }
  assert {
    condition     = aws_route53_record.origin_single[0].name == "origin.example.com" && aws_route53_record.origin_single[0].records == toset([aws_eip.backend[0].public_ip])
    error_message = "CloudFront finds the machine by a name that its certificate holds."
  }
  assert {
    condition     = length(base64decode(aws_launch_template.backend.user_data)) < 16384 && startswith(base64decode(aws_launch_template.backend.user_data), "#cloud-config\n")
    error_message = "EC2 takes 16 KiB of user data, and cloud-init knows its own by the first line."
  }
  assert {
    condition = (
      { for file in yamldecode(base64decode(aws_launch_template.backend.user_data)).write_files : file.path => file.content if !startswith(file.content, "#!") }
      == { "/etc/tableorder/name" = "tableorder", "/etc/tableorder/region" = "ap-northeast-2", "/etc/tableorder/bucket" = aws_s3_bucket.releases.id, "/etc/tableorder/origin" = "origin.example.com" }
    )
    error_message = "A machine knows its names."
  }

  # --- rights
  assert {
    condition     = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.backend.policy).Statement : [for action in statement.Action : !strcontains(action, "*")]]))
    error_message = "Every right is named."
  }
  assert {
    condition = toset([for statement in jsondecode(aws_iam_role_policy.backend.policy).Statement : statement.Sid if contains(statement.Resource, "*")]) == toset([
      "Metrics", "Sessions", "CertificateZone",
    ])
    error_message = "Only what AWS knows no narrower resource for is allowed on all."
  }
  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.backend.policy).Statement : s.Resource if s.Sid == "Pictures"]) == ["arn:aws:s3:::images/pictures/*"]
    error_message = "Pictures, and no other files."
  }
  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.backend.policy).Statement : s.Resource if s.Sid == "Secrets"]) == ["arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:tableorder/app-a"]
    error_message = "Its own secrets."
  }
  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.backend.policy).Statement : s.Condition.StringEquals["cloudwatch:namespace"] if s.Sid == "Metrics"]) == "TableOrder/prod"
    error_message = "Its own metrics."
  }
  assert {
    condition = one([for s in jsondecode(aws_iam_role_policy.backend.policy).Statement : (
      s.Condition["ForAllValues:StringEquals"]["route53:ChangeResourceRecordSetsNormalizedRecordNames"] == ["_acme-challenge.origin.example.com"]
      && s.Condition["ForAllValues:StringEquals"]["route53:ChangeResourceRecordSetsRecordTypes"] == ["TXT"]
    ) if s.Sid == "CertificateRecord"])
    error_message = "certbot writes one record and no other."
  }

  # --- releases
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.releases.block_public_acls, aws_s3_bucket_public_access_block.releases.block_public_policy,
      aws_s3_bucket_public_access_block.releases.ignore_public_acls, aws_s3_bucket_public_access_block.releases.restrict_public_buckets,
      one(aws_s3_bucket_versioning.releases.versioning_configuration).status == "Enabled",
    ])
    error_message = "Releases are private, and none is written over without a trace."
  }
  # What stands between the quotes of the shell can hold no quote.
  assert {
    condition     = jsondecode(aws_ssm_document.release.content).parameters.Release.allowedPattern == "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
    error_message = "The name of a release is a name, not a command."
  }
}

run "fleet" {
  command = apply
  module {
    source = "../modules/api"
  }
  variables {
    shape = "fleet"
  }

  assert {
    condition = (
      aws_autoscaling_group.backend[0].min_size == 2 && aws_autoscaling_group.backend[0].max_size == 5
      && aws_autoscaling_group.backend[0].health_check_type == "ELB" && length(aws_autoscaling_group.backend[0].vpc_zone_identifier) == 2
      && length(aws_instance.backend) == 0 && length(aws_eip.backend) == 0
    )
    error_message = "Two to five machines in two zones, replaced when they do not answer."
  }
  assert {
    condition     = aws_launch_template.backend.network_interfaces[0].associate_public_ip_address == "false"
    error_message = "The fleet's machines have no public address."
  }
  assert {
    condition     = aws_lb_listener.https[0].protocol == "HTTPS" && aws_lb_listener.https[0].ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06" && aws_lb_listener.https[0].default_action[0].fixed_response[0].status_code == "403"
    error_message = "TLS 1.2 or better, and 403 for whoever is not our CloudFront."
  }
  assert {
    condition     = one(one(aws_lb_listener_rule.cloudfront[0].condition).http_header).http_header_name == "X-Origin-Verify" && one(one(aws_lb_listener_rule.cloudfront[0].condition).http_header).values == toset(["from-cloudfront"])
    error_message = "Our CloudFront is let in."
  }
  # CloudFront gives up after 60 s of silence; the load balancer must not be sooner.
  assert {
    condition     = aws_lb.this[0].idle_timeout > 60 && aws_lb.this[0].xff_header_processing_mode == "preserve" && aws_lb.this[0].drop_invalid_header_fields && aws_lb.this[0].enable_deletion_protection
    error_message = "Streams live, the guest's address stays the last hop."
  }
  assert {
    condition = (
      aws_lb_target_group.backend[0].health_check[0].path == "/health" && aws_lb_target_group.backend[0].health_check[0].interval == 30
      && aws_lb_target_group.backend[0].health_check[0].healthy_threshold == 2 && aws_lb_target_group.backend[0].health_check[0].unhealthy_threshold == 3
      && aws_lb_target_group.backend[0].protocol == "HTTPS"
    )
    error_message = "/health every 30 s: well after two, ill after three."
  }
  assert {
    condition     = length([for s in jsondecode(aws_iam_role_policy.backend.policy).Statement : s if startswith(s.Sid, "Certificate")]) == 0
    error_message = "The load balancer's certificate needs no rights of the machines."
  }
}
