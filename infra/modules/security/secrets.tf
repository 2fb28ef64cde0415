# JWT_SECRET and the password of the program's database role. Only the container is made here; `cargo xtask deploy
# secrets` puts the values in once, so that they stand in no state file.
resource "aws_secretsmanager_secret" "app" {
  name                    = "${var.name}/app"
  description             = "JWT_SECRET, JWT_SECRET_PREVIOUS and DATABASE_PASSWORD of the back end"
  recovery_window_in_days = 30
}

# What CloudFront says with each request so that nginx knows it: others' distributions have the same addresses.
# It is part of the distributions, so it stands in the state in any case.
data "aws_secretsmanager_random_password" "origin" {
  password_length     = 48
  exclude_punctuation = true
}

# The data source draws anew at each plan; the first draw is kept. Replace this to change it.
resource "terraform_data" "origin_secret" {
  input = data.aws_secretsmanager_random_password.origin.random_password
  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_secretsmanager_secret" "origin" {
  name                    = "${var.name}/origin"
  description             = "What CloudFront sends as X-Origin-Verify"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "origin" {
  secret_id     = aws_secretsmanager_secret.origin.id
  secret_string = terraform_data.origin_secret.output
}
