#!/usr/bin/env python3
"""A client of Open311 GeoReport v2, written from the text of the standard: JSON, and forms with files.

    open311_json.py DISCOVERY KEY post PHOTO WORDS REFERENCE
    open311_json.py DISCOVERY KEY follow CODE
    open311_json.py DISCOVERY KEY rate CODE RATING WORDS

Standard library only. Prints one JSON document of what it learnt.
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


class Refused(Exception):
    """An answer that the standard gives as a list of errors."""


def fetch(address, key=None, data=None, content_type=None):
    request = urllib.request.Request(address, data=data)
    request.add_header("User-Agent", "open311-json-client")
    if key:
        request.add_header("X-Api-Key", key)
    if content_type:
        request.add_header("Content-Type", content_type)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        errors = json.loads(error.read().decode("utf-8"))
        raise Refused([(each["code"], each["description"]) for each in errors]) from error


def read(address, key=None):
    status, headers, body = fetch(address, key)
    if headers.get_content_type() != "application/json" or headers.get_content_charset("utf-8") != "utf-8":
        raise Refused([(status, "not JSON in UTF-8: " + str(headers.get("Content-Type")))])
    return json.loads(body.decode("utf-8"))


def discover(address):
    """The endpoint of this version of the standard that offers JSON, production before test."""
    described = read(address)
    usable = [
        each
        for each in described["endpoints"]
        if each["specification"].rstrip("/") == SPECIFICATION and "application/json" in each["formats"]
    ]
    usable.sort(key=lambda each: each["type"] != "production")
    return usable[0]["url"].rstrip("/")


def multipart(fields, name, photo):
    boundary = uuid.uuid4().hex
    parts = []
    for field, value in fields:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode("utf-8"))
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="media"; filename="{name}"\r\n'
        f"Content-Type: image/jpeg\r\n\r\n".encode("utf-8")
    )
    parts += [photo, f"\r\n--{boundary}--\r\n".encode("utf-8")]
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def post(endpoint, key, path, words, reference):
    services = read(f"{endpoint}/services.json")
    service = next(each for each in services if each["type"] in ("realtime", "batch", "blackbox"))
    attributes = []
    if service["metadata"]:
        definition = read(f"{endpoint}/services/{urllib.parse.quote(service['service_code'])}.json")
        attributes = [each["code"] for each in definition["attributes"] if each["variable"]]
    fields = [
        ("service_code", service["service_code"]),
        ("description", words),
        ("lat", "21.0145"),
        ("long", "105.8556"),
        ("address_string", "73 phố Lò Đúc"),
        ("first_name", "Lan"),
        ("last_name", "Nguyễn Thị"),
        ("phone", "0912345678"),
        ("device_id", "tt222111"),
    ]
    fields += [(f"attribute[{code}]", reference) for code in attributes if code == "external_id"]
    with open(path, "rb") as photo:
        body, content_type = multipart(fields, "ảnh.jpg", photo.read())
    created = json.loads(fetch(f"{endpoint}/requests.json", key, body, content_type)[2].decode("utf-8"))[0]
    code = created.get("service_request_id")
    while not code:
        # The standard allows a token in its place, with which the id is asked for later.
        time.sleep(1)
        code = read(f"{endpoint}/tokens/{created['token']}.json", key)[0].get("service_request_id")
    listed = read(f"{endpoint}/requests.json?status=open", key)
    mine = [each for each in listed if each["service_request_id"] == code]
    return {"code": code, "service": service, "attributes": attributes, "listed": mine}


def follow(endpoint, key, code):
    request = read(f"{endpoint}/requests/{urllib.parse.quote(code)}.json", key)[0]
    updates = read(f"{endpoint}/servicerequestupdates.json?service_request_id={urllib.parse.quote(code)}", key)
    photo = fetch(request["media_url"], key) if request["media_url"] else None
    return {
        "request": request,
        "updates": updates,
        "photo": photo and {"type": photo[1].get_content_type(), "bytes": len(photo[2])},
    }


def rate(endpoint, key, code, rating, words):
    """Ratings are not of the standard: the city takes them at an address of its own, beside the endpoint."""
    own = urllib.parse.urljoin(endpoint, f"/api/v1/reports/{urllib.parse.quote(code)}")
    said = json.dumps({"rating": rating, "words": words}).encode("utf-8")
    fetch(f"{own}/rating", key, said, "application/json")
    return {"report": read(own, key)}


def main(discovery, key, action, *rest):
    endpoint = discover(discovery)
    done = {"post": post, "follow": follow, "rate": rate}[action](endpoint, key, *rest)
    json.dump({"endpoint": endpoint, **done}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        main(*sys.argv[1:])
    except Refused as refused:
        sys.exit(f"refused: {refused}")
