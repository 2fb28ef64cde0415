"""An AWS that stands on this machine, for tests: moto, and what CloudFront does that it cannot do yet.

    python emulator.py --port 5000
"""

import sys
import uuid
from datetime import datetime, timezone

from moto.cloudfront import models, urls
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.server import main

API = "{0}/2020-05-31/"


class PreconditionFailed(ServiceException):
    """The object has changed since it was read."""

    code = "PreconditionFailed"
    message = "The precondition in one or more of the request fields evaluated to false."


class HeadersPolicies(CloudFrontResponse):
    """Response headers policies: made, read, changed under their ETag, removed."""

    kept = {}

    def answer(self, identity):
        """A policy as the API describes it."""
        config, etag, changed = self.kept[identity]
        policy = {"Id": identity, "LastModifiedTime": changed, "ResponseHeadersPolicyConfig": config}
        return ActionResult({"ResponseHeadersPolicy": policy, "ETag": etag})

    def write(self, identity):
        """Keeps what the request says, under a new ETag."""
        config = self._get_param("ResponseHeadersPolicyConfig")
        self.kept[identity] = (config, uuid.uuid4().hex[:14].upper(), datetime.now(timezone.utc))
        return self.answer(identity)

    def create_response_headers_policy(self):
        return self.write(str(uuid.uuid4()))

    def get_response_headers_policy(self):
        return self.answer(self._get_param("Id"))

    def update_response_headers_policy(self):
        identity = self._get_param("Id")
        if self._get_param("IfMatch") != self.kept[identity][1]:
            raise PreconditionFailed
        return self.write(identity)

    def delete_response_headers_policy(self):
        self.kept.pop(self._get_param("Id"))
        return EmptyResult()


class Functions(CloudFrontResponse):
    """Functions are published at once; moto knows only their drafts."""

    def publish_function(self):
        drafted = self.backend.describe_function(name=self._get_param("Name"))
        return ActionResult({"FunctionSummary": drafted.function_summary})


def speaks_of_others(statement):
    """Whether a bucket's statement is about callers that never come here: those without TLS, for which the emulator's plain
    HTTP does not count, and CloudFront. moto would take either for everybody."""
    condition = statement.get("Condition", {}).get("Bool", {})
    service = isinstance(statement.get("Principal"), dict) and "Service" in statement["Principal"]
    return "aws:SecureTransport" in condition or (service and "Resource" in statement)


def serve():
    """Teaches moto the rest and starts it."""
    urls.url_paths[API + "response-headers-policy$"] = HeadersPolicies.dispatch
    urls.url_paths[API + "response-headers-policy/(?P<policy>[^/]+)$"] = HeadersPolicies.dispatch
    urls.url_paths[API + "function/(?P<name>[^/]+)/publish$"] = Functions.dispatch

    made = models.Invalidation.__init__

    def done_at_once(self, *arguments, **options):
        made(self, *arguments, **options)
        # AWS writes it like this, and the command line waits for this word.
        self.status = "Completed"

    models.Invalidation.__init__ = done_at_once

    judged = IAMPolicyStatement.is_action_permitted

    def judge(self, *arguments, **options):
        if speaks_of_others(self._statement):
            return PermissionResult.NEUTRAL
        return judged(self, *arguments, **options)

    IAMPolicyStatement.is_action_permitted = judge
    main(sys.argv[1:])


if __name__ == "__main__":
    serve()
