-- GET of the path in LOAD_PATH.
local path = os.getenv("LOAD_PATH")

function prepare(token)
  return "GET " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. token .. "\r\n\r\n"
end

function next_request(prepared)
  return prepared
end
