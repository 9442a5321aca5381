#!/usr/bin/env python3
"""A client of Open311 GeoReport v2, written from the text of the standard: XML, and the key in the form.

    open311_xml.py DISCOVERY KEY post WORDS REFERENCE [PHOTO]
    open311_xml.py DISCOVERY KEY follow CODE
    open311_xml.py DISCOVERY KEY rate CODE RATING WORDS

Standard library only. Prints one line for each thing that it learnt, `name<TAB>value`.
"""

import http.client
import re
import secrets
import sys
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import HTTP
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def exchange(method, address, body=None, headers=None):
    """One request; an answer that is none of success is shown with the errors that it lists."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(parts.netloc, timeout=30)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.headers.get("Content-Type", "").replace(" ", "").lower() != "text/xml;charset=utf-8":
        sys.exit(f"refused: {answer.status} {answer.headers.get('Content-Type')}")
    tree = ElementTree.fromstring(content)
    if answer.status not in (200, 201):
        errors = [(each.findtext("code"), each.findtext("description")) for each in tree.iter("error")]
        sys.exit(f"refused: {answer.status} {errors}")
    return tree


def discover(address):
    for endpoint in exchange("GET", address).iter("endpoint"):
        formats = [each.text for each in endpoint.iter("format")]
        if endpoint.findtext("specification") == SPECIFICATION and "text/xml" in formats:
            return endpoint.findtext("url")
    sys.exit("no endpoint of GeoReport v2 in XML")


def form(fields, photo):
    """The fields as a form, with a photo as one of several parts."""
    if photo is None:
        return urlencode(fields), "application/x-www-form-urlencoded"
    whole = MIMEMultipart("form-data", boundary="-" * 12 + secrets.token_hex(12), policy=HTTP)
    for name, value in fields:
        part = MIMEText(value, "plain", "utf-8", policy=HTTP)
        # A form carries text as it is, not encoded for mail.
        del part["Content-Transfer-Encoding"], part["MIME-Version"]
        part.set_payload(value.encode("utf-8").decode("ascii", "surrogateescape"))
        part.add_header("Content-Disposition", "form-data", name=name)
        whole.attach(part)
    with open(photo, "rb") as file:
        image = MIMEImage(file.read(), "jpeg", _encoder=lambda message: None, policy=HTTP)
    image.add_header("Content-Disposition", "form-data", name="media", filename="photo.jpg")
    del image["MIME-Version"]
    whole.attach(image)
    _, _, body = whole.as_bytes().partition(b"\r\n\r\n")
    return body, whole["Content-Type"]


def post(endpoint, key, words, reference, photo=None):
    service = next(iter(exchange("GET", f"{endpoint}/services.xml").iter("service")))
    code = service.findtext("service_code")
    definition = exchange("GET", f"{endpoint}/services/{quote(code)}.xml")
    codes = [each.findtext("code") for each in definition.iter("attribute")]
    fields = [
        ("api_key", key),
        ("jurisdiction_id", "hanoi.gov.vn"),
        ("service_code", code),
        ("description", words),
        ("address_string", "20 phố Hàng Bài"),
        ("email", "lan@example.com"),
        ("media_url", "http://example.com/photo.jpg"),
    ]
    if "external_id" in codes:
        fields.append(("attribute[external_id]", reference))
    body, content_type = form(fields, photo)
    created = exchange("POST", f"{endpoint}/requests.xml", body, {"Content-Type": content_type})
    yield "code", created.findtext("request/service_request_id")
    yield "group", service.findtext("group")
    found = exchange("GET", f"{endpoint}/tokens/{quote(reference)}.xml?" + urlencode({"api_key": key}))
    yield "code by reference", found.findtext("request/service_request_id")
    listed = exchange("GET", f"{endpoint}/requests.xml?" + urlencode({"api_key": key, "status": "open"}))
    for request in listed.iter("request"):
        yield "listed", request.findtext("service_request_id")


def follow(endpoint, key, code):
    asked = urlencode({"api_key": key})
    request = exchange("GET", f"{endpoint}/requests/{quote(code)}.xml?{asked}").find("request")
    for element in request:
        yield element.tag, element.text or ""
    told = urlencode({"api_key": key, "service_request_id": code})
    for update in exchange("GET", f"{endpoint}/servicerequestupdates.xml?{told}").iter("request_update"):
        yield "update", f"{update.findtext('status')}: {update.findtext('description')}"


def rate(endpoint, key, code, rating, words):
    """A rating is an update of the request with an attribute, in the extension that the city offers."""
    fields = [
        ("api_key", key),
        ("service_request_id", code),
        ("description", words),
        ("attribute[rating]", rating),
    ]
    body, content_type = form(fields, None)
    told = exchange("POST", f"{endpoint}/servicerequestupdates.xml", body, {"Content-Type": content_type})
    yield "rated", next(told.iter("service_request_id")).text


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    discovery, key, action, *rest = sys.argv[1:]
    endpoint = discover(discovery)
    for name, value in {"post": post, "follow": follow, "rate": rate}[action](endpoint, key, *rest):
        print(name, re.sub(r"\s+", " ", value or ""), sep="\t")
