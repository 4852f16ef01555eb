-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- What the plugin says with code, command and meaning, in Lua: what the benchmark compares with.
-- It does this much for sessions that are wholly in the capture, with each reply in one segment.

local smtp_explain_lua = Proto("smtp_explain_lua", "SMTP Explain in Lua")

local fields = {
    code = ProtoField.uint16("smtp_explain_lua.code", "Reply code"),
    command = ProtoField.string("smtp_explain_lua.command", "Answers"),
    meaning = ProtoField.string("smtp_explain_lua.meaning", "Meaning"),
}
smtp_explain_lua.fields = fields

local tcp_stream = Field.new("tcp.stream")
local smtp_command = Field.new("smtp.req.command")
local smtp_code = Field.new("smtp.response.code")

-- By code, and where it matters by what the reply answers.
local meanings = {
    [211] = "The server reports its status or gives help.",
    [214] = "The server gives help.",
    [220] = "The server is ready.",
    [221] = "The server closes the connection.",
    [235] = "The client is authenticated.",
    [250] = {
        EHLO = "The server lists its extensions.",
        MAIL = "The server accepts the sender.",
        RCPT = "The server accepts the recipient.",
        message = "The server has accepted the message.",
    },
    [334] = "The server asks for the next part of the login.",
    [354] = "The server is ready for the message.",
    [421] = "The server is not available and closes the connection.",
    [535] = "The server refuses the login.",
    [550] = "The server refuses the recipient or the message.",
}
local by_first_digit = {
    [2] = "The server has done what it was asked.",
    [3] = "The server waits for more.",
    [4] = "The server can't do it now.",
    [5] = "The server refuses.",
}

local function meaning_of(code, command)
    local meaning = meanings[code]
    if type(meaning) == "table" then
        meaning = meaning[command]
    end
    return meaning or by_first_digit[math.floor(code / 100)] or "Nobody knows."
end

local sessions -- by TCP stream: the commands that wait for a reply, from first to last
local replies -- by frame

function smtp_explain_lua.init()
    sessions = {}
    replies = {}
end

local function session_of(stream)
    local session = sessions[stream]
    if session == nil then
        session = { "connection", first = 1, last = 1 }
        sessions[stream] = session
    end
    return session
end

local function ask(session, command)
    session.last = session.last + 1
    session[session.last] = command:upper()
end

local function answer(session, code)
    local command = session[session.first]
    if code == 354 then
        session[session.first] = "message" -- the next reply is the one to the message
    elseif code ~= 334 and command ~= nil then
        session[session.first] = nil
        session.first = session.first + 1
    end
    return { code = code, command = command, meaning = meaning_of(code, command) }
end

local function learn(frame)
    local commands = { smtp_command() }
    local codes = { smtp_code() }
    if #commands == 0 and #codes == 0 then
        return
    end
    local session = session_of(tcp_stream().value)
    for _, command in ipairs(commands) do
        ask(session, command.value)
    end
    if #codes > 0 then
        local found = {}
        for at, code in ipairs(codes) do
            found[at] = answer(session, code.value)
        end
        replies[frame] = found
    end
end

local function show(tree, reply)
    local item = tree:add(smtp_explain_lua)
    item:add(fields.code, reply.code):set_generated()
    if reply.command ~= nil then
        item:add(fields.command, reply.command):set_generated()
    end
    item:add(fields.meaning, reply.meaning):set_generated()
end

function smtp_explain_lua.dissector(_, pinfo, tree)
    if not pinfo.visited then
        learn(pinfo.number)
    end
    for _, reply in ipairs(replies[pinfo.number] or {}) do
        show(tree, reply)
    end
end

register_postdissector(smtp_explain_lua)
