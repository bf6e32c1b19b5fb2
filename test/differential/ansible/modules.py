#!/usr/bin/python3 -IS
"""Runs Python scripts for Ansible on a target: a server that forks, and the program that asks it.

As `modules.py serve` it is the server: it has Ansible's module code loaded, and each request is a fork that reads its
script from the standard input it was handed, as `python3` would. Without arguments it is the client, the target's
`ansible_python_interpreter`: it hands over its standard files, environment and folder, and ends as the script ended. What
is not a plain script from standard input by root runs in a new interpreter, as always.
"""

import os
import sys

SOCKET = "/run/ansible-modules"


def ask():
    import _socket
    import array
    import marshal

    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    server.connect(SOCKET)

    files = array.array("i", [0, 1, 2]).tobytes()
    request = marshal.dumps((dict(os.environb), os.getcwdb(), os.umask(0o022)))
    server.sendmsg([len(request).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
    server.sendall(request)
    answer = server.recv(1)
    os._exit(answer[0] if answer else 255)


def serve():
    import array
    import builtins
    import gc
    import marshal
    import signal
    import socket

    # A kernel without modules has no list of them, and the module modprobe fails for that.
    if not os.path.exists("/proc/modules"):
        plain = builtins.open
        builtins.open = lambda file, *more, **others: plain("/dev/null" if file == "/proc/modules" else file, *more, **others)
    # Without `site`, which clients can do without, this has to be said.
    sys.path.append("/usr/lib/python3/dist-packages")
    import ansible.module_utils.basic  # noqa: F401
    import ansible.module_utils.urls  # noqa: F401

    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(SOCKET)
    server.listen(64)
    signal.signal(signal.SIGCHLD, reap)
    gc.freeze()
    while True:
        client, _ = server.accept()
        if os.fork() == 0:
            server.close()
            answer(client, array, marshal, signal)
        client.close()


def reap(*_):
    try:
        while os.waitpid(-1, os.WNOHANG)[0] > 0:
            pass
    except ChildProcessError:
        pass  # none is left


def answer(client, array, marshal, signal):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    files = array.array("i")
    length, ancillary, _, _ = client.recvmsg(4, 64)
    files.frombytes(ancillary[0][2])
    text = b""
    while len(text) < int.from_bytes(length, "big"):
        text += client.recv(65536)
    environment, folder, umask = marshal.loads(text)
    child = os.fork()
    if child > 0:
        for it in files:
            os.close(it)
        _, status = os.waitpid(child, 0)
        client.sendall(bytes([os.waitstatus_to_exitcode(status) % 256]))
        os._exit(0)
    client.close()
    for target, it in enumerate(files):
        os.dup2(it, target)
        os.close(it)
    os.environb.clear()
    os.environb.update(environment)
    os.chdir(folder)
    os.umask(umask)
    os.setsid()
    code = 1
    try:
        script = sys.stdin.read()
        sys.argv = [""]
        main = type(sys)("__main__")
        main.__builtins__ = __builtins__
        sys.modules["__main__"] = main
        exec(compile(script, "<stdin>", "exec"), main.__dict__)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else (0 if error.code is None else 1)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if sys.argv[1:] == ["serve"]:
    serve()
elif len(sys.argv) > 1 or os.geteuid() != 0:
    os.execv("/usr/bin/python3", ["python3"] + sys.argv[1:])
else:
    ask()
