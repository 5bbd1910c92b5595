"""A chain of the shape that AWS serves (root, intermediate, leaf; RSA-2048), made by the openssl command."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Chain:
    root: Path  # what a client trusts
    served: Path  # leaf and intermediate
    key: Path


def make(directory: Path) -> Chain:
    """Writes a new chain for `localhost` into a directory. Its keys are worthless: nobody trusts the root."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True)

    def signed(name: str, subject: str, issuer: str, extensions: str) -> None:
        (directory / f"{name}.ext").write_text(extensions)
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
                "-subj", subject)
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key",
                "-CAcreateserial", "-days", "2", "-out", f"{name}.pem", "-extfile", f"{name}.ext")

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "2",
            "-subj", "/O=Measurement/CN=Root", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    signed("intermediate", "/O=Measurement/CN=Intermediate", "root",
           "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,digitalSignature,keyCertSign,cRLSign\n")
    signed("leaf", "/CN=localhost", "intermediate",
           "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\n"
           "extendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n")
    served = directory / "served.pem"
    served.write_text((directory / "leaf.pem").read_text() + (directory / "intermediate.pem").read_text())
    return Chain(directory / "root.pem", served, directory / "leaf.key")
