@echo off
rem Builds the server as far as something has changed, then runs it with the arguments given.
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set "log=%TEMP%\clew-build-%RANDOM%.log"
where dotnet >nul 2>nul || (
  echo clew: dotnet is not installed; the .NET 10 SDK is needed: https://dotnet.microsoft.com/download 1>&2
  exit /b 1
)
pushd "%~dp0"
dotnet build src\Clew.Server\Clew.Server.csproj -c Release -v quiet --nologo >"%log%" 2>&1
if errorlevel 1 (
  type "%log%" 1>&2
  echo clew: the build failed; it needs the .NET 10 SDK 1>&2
  del "%log%"
  popd
  exit /b 1
)
del "%log%"
popd
dotnet "%~dp0src\Clew.Server\bin\Release\net10.0\clew.dll" %*
exit /b %errorlevel%
