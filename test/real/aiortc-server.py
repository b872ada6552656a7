"""A peer of aiortc behind POST /offer, as in its examples: says what it sees as lines, sends audio, echoes messages."""

import asyncio
import json
import sys

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

connections = {}


def say(**what):
    print(json.dumps(what), flush=True)


def make():
    connection = RTCPeerConnection()

    @connection.on("connectionstatechange")
    def state():
        say(state=connection.connectionState)

    @connection.on("datachannel")
    def channel(one):
        @one.on("message")
        def message(text):
            say(message=str(text))
            one.send("aiortc heard: " + str(text))

    @connection.on("track")
    def track(one):
        async def read():
            await one.recv()
            say(track=one.kind)

        asyncio.ensure_future(read())

    return connection


async def answer(body):
    offer = json.loads(body)
    known = connections.get(offer.get("pc_id"))
    connection = known or make()
    await connection.setRemoteDescription(RTCSessionDescription(offer["sdp"], offer["type"]))
    if known is None:
        connections[str(len(connections))] = connection
        if "m=audio" in offer["sdp"]:
            connection.addTrack(AudioStreamTrack())
    await connection.setLocalDescription(await connection.createAnswer())
    name = next(key for key, value in connections.items() if value is connection)
    local = connection.localDescription
    return json.dumps({"sdp": local.sdp, "type": local.type, "pc_id": name})


async def serve(reader, writer):
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = next((int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")), 0)
    body = await reader.readexactly(length)
    status = "200 OK"
    try:
        text = await answer(body)
    except Exception as error:
        status, text = "500 Internal Server Error", repr(error)
    payload = text.encode()
    writer.write(
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n"
        "Connection: close\r\n\r\n".encode() + payload
    )
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    say(url="http://127.0.0.1:%d/api/offer" % server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
