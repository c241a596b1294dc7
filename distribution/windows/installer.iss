; A per-machine installer by Inno Setup 6.3 or later, for those who want one. The folder runs without it.
;
;   iscc /DVersion=0.1.0 /DFolder="..\..\build\frozen\HICM Workshop" installer.iss
;
; Silent roll-out:   HICM-Workshop-0.1.0-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /TASKS=""
; Silent removal:    "%ProgramFiles%\HICM Workshop\unins000.exe" /VERYSILENT
; Removal leaves every workshop and every user's profile as they are.

#ifndef Version
  #error Say which version it is: /DVersion=0.1.0
#endif
#ifndef Folder
  #error Say where the frozen folder is: /DFolder=...
#endif

[Setup]
AppId=local.hicm_workshop.HicmWorkshop
AppName=HICM Workshop
AppVersion={#Version}
AppPublisher=The HICM Workshop authors
DefaultDirName={autopf}\HICM Workshop
DisableProgramGroupPage=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
OutputBaseFilename=HICM-Workshop-{#Version}-setup
SetupIconFile=..\..\resources\icons\hicm-workshop.ico
UninstallDisplayIcon={app}\hicm-workshop.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Tasks]
Name: "associate"; Description: "Open workshops (.hicm) with HICM Workshop"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Nothing of an earlier version is left among the new one.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Icons]
Name: "{autoprograms}\HICM Workshop"; Filename: "{app}\hicm-workshop.exe"

[Registry]
Root: HKLM; Subkey: "Software\Classes\.hicm"; ValueType: string; ValueData: "HICMWorkshop.Record"; Flags: uninsdeletevalue; Tasks: associate
Root: HKLM; Subkey: "Software\Classes\HICMWorkshop.Record"; ValueType: string; ValueData: "HICM workshop"; Flags: uninsdeletekey; Tasks: associate
Root: HKLM; Subkey: "Software\Classes\HICMWorkshop.Record\DefaultIcon"; ValueType: string; ValueData: """{app}\hicm-workshop.exe"",0"; Tasks: associate
Root: HKLM; Subkey: "Software\Classes\HICMWorkshop.Record\shell\open\command"; ValueType: string; ValueData: """{app}\hicm-workshop.exe"" ""%1"""; Tasks: associate
