-- What a call of the event source starts for one application: nothing, a build of a commit, or what follows a build. The
-- Sensor runs this for each application of the repository that the call is about, by a file that hands over what is known
-- of the application. Argo Events knows Lua 5.1 and sets `event`: the headers and the body of a call whose signature is
-- right. Its transformation of the body is what this file returns; the Sensor's filter drops one that has no `start`.
-- Nothing of a body gets further than a commit of 40 hex digits, words from the lists below, and names, sums and digits
-- whose form is checked. A body of any other form starts nothing, and fails nowhere: an error would stand in the log of the
-- Sensor for every call that somebody makes up.

local noCommit = ("0"):rep(40)

-- GitHub lists no more than these in a push and in one of its commits.
-- Source: docs.github.com, "Webhook events and payloads", `push`
local mostCommits, mostFiles = 2048, 3000

local states = { pending = true, success = true, failure = true }

local function isText(value, form, longest)
  return type(value) == "string" and #value <= longest and value:find(form) ~= nil
end

local function isCommit(value)
  return isText(value, "^[0-9a-f]+$", 40) and #value == 40 and value ~= noCommit
end

-- GitHub tells the time of a push as a number, which must not become `1.7e+09`.
local function digits(seconds)
  if type(seconds) ~= "number" or seconds < 0 or seconds >= 1e12 or seconds ~= math.floor(seconds) then return "0" end
  return string.format("%.0f", seconds)
end

-- A path with a `/` at its end is a folder, one without is a file or a folder.
local function isWithin(path, file)
  if type(file) ~= "string" then return false end
  local folder = path:sub(-1) == "/" and path or path .. "/"
  return file == path or file:sub(1, #folder) == folder
end

-- Whether a list of a commit's files names one below the paths, and how many it names; nil where it is no list.
local function search(files, paths)
  if type(files) ~= "table" then return nil, 0 end
  for _, file in ipairs(files) do
    for _, path in ipairs(paths) do
      if isWithin(path, file) then return true, #files end
    end
  end
  return false, #files
end

-- Whether a commit touches the paths; also when its lists cannot tell.
local function touches(commit, paths)
  if type(commit) ~= "table" then return true end
  local total = 0
  for _, list in ipairs({ "added", "modified", "removed" }) do
    local found, files = search(commit[list], paths)
    if found ~= false then return true end
    total = total + files
  end
  return total >= mostFiles
end

-- Whether a push changes what the application is built from. The commits of a push that made the branch or overwrote it
-- are not all that is different now; an empty or full list says nothing either.
local function concerns(push, paths)
  if #paths == 0 or push.created ~= false or push.forced ~= false then return true end
  local commits = push.commits
  if type(commits) ~= "table" or #commits == 0 or #commits >= mostCommits then return true end
  for _, commit in ipairs(commits) do
    if touches(commit, paths) then return true end
  end
  return false
end

-- Whether it is about this application: GitHub's is about all of the repository, that of a sweep about one.
local function isAddressed(push, application)
  if push.sweep == nil then return true end
  return type(push.sweep) == "table" and push.sweep.application == application
end

local function with(workflow, arguments)
  for _, argument in ipairs(arguments) do
    table.insert(workflow.spec.arguments.parameters, { name = argument[1], value = argument[2] })
  end
  return workflow
end

-- The name holds the commit, so that whoever tells of it again makes nothing. A push that leads the branch back to a commit
-- which was built before is another push of the same commit: GitHub tells when it was. That of a sweep is no new one.
local function ending(push, commit, pushed)
  local isBack = push.forced == true and push.sweep == nil and pushed ~= "0"
  return commit:sub(1, 12) .. (isBack and "-" .. pushed or "")
end

local function build(app, push)
  local repository, commit = push.repository, push.after
  if push.ref ~= app.ref or push.deleted ~= false or not isCommit(commit) or push.before == commit then return nil end
  if type(repository) ~= "table" or not isText(repository.full_name, "/", 200) then return nil end
  if repository.full_name:lower() ~= app.repository then return nil end
  if not isAddressed(push, app.application) or not concerns(push, app.paths) then return nil end
  local pushed = digits(repository.pushed_at)
  local workflow = with(app.build, { { "commit", commit }, { "pushed", pushed } })
  workflow.metadata.name = workflow.metadata.name .. ending(push, commit, pushed)
  return workflow
end

-- A build that succeeded has an image; one that did not may have one.
local function isDigest(value, state)
  if value == "" then return state ~= "success" end
  return isText(value, "^sha256:[0-9a-f]+$", 71) and #value == 71
end

-- A build by hand has no push; once it succeeds, it says when it began.
local function isTime(value, state)
  if value == "" then return state ~= "success" end
  return value == "0" or isText(value, "^[1-9]%d*$", 12)
end

local function release(app, report)
  if type(report) ~= "table" or report.application ~= app.application then return nil end
  local isKnown = type(report.state) == "string" and states[report.state] and isDigest(report.digest, report.state)
  if not isKnown or not isCommit(report.commit) or not isTime(report.pushed, report.state) then return nil end
  if not isText(report.workflow, "^[a-z0-9][a-z0-9.-]*$", 63) then return nil end
  local arguments = {}
  for _, name in ipairs({ "commit", "state", "digest", "pushed", "workflow" }) do
    table.insert(arguments, { name, report[name] })
  end
  return with(app.release, arguments)
end

local function decide(app, body)
  if type(body) ~= "table" then return nil end
  -- The event source writes the header into the body, over whatever was there.
  local kind = body["X-GitHub-Event"]
  if kind == "push" then return build(app, body) end
  if kind == "report" then return release(app, body.report) end
  return nil
end

return function(app)
  local workflow = decide(app, event.body)
  return workflow and { start = true, workflow = workflow } or {}
end
