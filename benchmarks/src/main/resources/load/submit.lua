-- Submissions of 1.00 to 5.00, each under an idempotency key of its own.
function prepare(token)
  return "POST /submit-product HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer " .. token
    .. "\r\nIdempotency-Key: "
end

function next_request(prepared, number)
  local body = string.format('{"productName":"Desk lamp","productValue":%.2f}', math.random(5, 25) * 0.2)
  return prepared .. number .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
