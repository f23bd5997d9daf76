-- Members request withdrawals of 1.00, and an admin approves each as soon as its answer is there.
local approve = "POST /admin/approve-withdrawal HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
  .. os.getenv("LOAD_ADMIN_KEY") .. "\r\nIdempotency-Key: "
local body = '{"amount":1,"withdrawalPassword":"' .. os.getenv("LOAD_PASSWORD") .. '"}'
local pending = {}

function prepare(token)
  return "POST /withdrawals HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer " .. token
    .. "\r\nContent-Length: " .. #body .. "\r\nIdempotency-Key: "
end

function next_request(prepared, number)
  local id = table.remove(pending)
  if id == nil then return prepared .. number .. "\r\n\r\n" .. body end
  local decision = '{"withdrawalId":"' .. id .. '"}'
  return approve .. number .. "\r\nContent-Length: " .. #decision .. "\r\n\r\n" .. decision
end

function response(status, headers, answer)
  local id = string.match(answer, '"status":"pending"') and string.match(answer, '"id":"([%x-]+)"')
  if id then table.insert(pending, id) end
end
