"""The types of docs/pouf1-der.md for pyasn1, which knows nothing of this project's encoder."""
from pyasn1.type import univ, char, namedtype, tag
CTX=tag.tagClassContext
def auto(*fields):
    """AUTOMATIC TAGS: fields (name, type[, optional|default])"""
    nts=[]
    for n,f in enumerate(fields):
        name,t=f[0],f[1]
        opt=f[2] if len(f)>2 else None
        if isinstance(t,univ.Choice):
            t=t.subtype(explicitTag=tag.Tag(CTX,tag.tagFormatConstructed,n))
        else:
            fmt=tag.tagFormatConstructed if isinstance(t,(univ.Sequence,univ.SequenceOf)) else tag.tagFormatSimple
            t=t.subtype(implicitTag=tag.Tag(CTX,fmt,n))
        if opt=='opt': nts.append(namedtype.OptionalNamedType(name,t))
        elif opt=='def': nts.append(namedtype.DefaultedNamedType(name,t.clone(False)))
        else: nts.append(namedtype.NamedType(name,t))
    return namedtype.NamedTypes(*nts)
def S(*f):
    return univ.Sequence(componentType=auto(*f))
def L(t): return univ.SequenceOf(componentType=t)
I=univ.Integer(); E=univ.Enumerated(); O=univ.OctetString(); U=char.UTF8String(); V=char.VisibleString()
Hash=S(('function',E),('digest',O))
Hashes=L(Hash)
Signature=S(('keyid',O),('method',E),('hash',Hash),('value',O))
PublicKey=S(('publicKeyid',O),('publicKeyType',E),('publicKeyValue',O))
TopLevelRole=S(('role',E),('numberOfURLs',I,'opt'),('urls',L(V),'opt'),('numberOfKeyids',I),('keyids',L(O)),('threshold',I))
Root=S(('numberOfKeys',I),('keys',L(PublicKey)),('numberOfRoles',I),('roles',L(TopLevelRole)),('consistentSnapshot',univ.Boolean(),'def'),('timeSource',PublicKey,'opt'))
SnapFile=S(('filename',U),('version',I),('length',I,'opt'),('numberOfHashes',I,'opt'),('hashes',Hashes,'opt'))
Snapshot=S(('n',I),('files',L(SnapFile)))
Timestamp=SnapFile
Target=S(('filename',U),('length',I),('numberOfHashes',I),('hashes',Hashes))
Sym=S(('type',E),('value',O))
Encryption=S(('encryptedTarget',Target),('encryptedSymmetricKey',Sym,'opt'),('encryptionMethod',E),('encryptionParameter',O))
Delta=S(('target',Target),('algorithm',E))
Ecu=S(('ecuIdentifier',U),('hardwareIdentifier',U),('encryption',Encryption,'opt'),('delta',Delta,'opt'))
Custom=S(('releaseCounter',I,'opt'),('hardwareIdentifier',U,'opt'),('ecuIdentifier',U,'opt'),('encryptedTarget',Target,'opt'),('encryptedSymmetricKey',Sym,'opt'),
  ('numberOfFurtherECUs',I,'opt'),('furtherECUs',L(Ecu),'opt'),('numberOfHW',I,'opt'),('hw',L(V),'opt'),('encryptionMethod',E,'opt'),('encryptionParameter',O,'opt'),('delta',Delta,'opt'))
TargetAndCustom=S(('target',Target),('custom',Custom,'opt'))
MultiRole=S(('rolename',U),('numberOfKeyids',I),('keyids',L(O)),('threshold',I))
Path=S(('np',I),('paths',L(V)),('nr',I),('roles',L(MultiRole)),('terminating',univ.Boolean(),'def'),('npp',I,'opt'),('pathHashPrefixes',L(V),'opt'),
  ('nhw',I,'opt'),('hardwareIdentifiers',L(V),'opt'),('minRolesInAgreement',I,'opt'))
Delegs=S(('nk',I),('keys',L(PublicKey)),('nd',I),('delegations',L(Path)))
Targets=S(('n',I),('targets',L(TargetAndCustom)),('delegations',Delegs,'opt'),('vehicleIdentifier',U,'opt'),('correlationId',U,'opt'),('timeSource',PublicKey,'opt'))
Body=univ.Choice(componentType=auto(('root',Root),('targets',Targets),('snapshot',Snapshot),('timestamp',Timestamp)))
Signed=S(('type',E),('expires',I),('version',I),('body',Body))
def Envelope(signed): return S(('signed',signed),('numberOfSignatures',I),('signatures',L(Signature)))
Report=S(('ecuIdentifier',U),('previousTime',I),('currentTime',I),('securityAttack',U,'opt'),('installedImage',Target),('reportCounter',I))
VehicleManifest=S(('vehicleIdentifier',U),('primaryIdentifier',U),('n',I),('ecuVersionManifests',L(Envelope(Report))),('securityAttack',U,'opt'))
Time=S(('n',I),('tokens',L(I)),('timestamp',I))
Repository=S(('name',U),('numberOfServers',I),('servers',L(V)))
Mapping=S(('numberOfPaths',I),('paths',L(V)),('numberOfRepositories',I),('repositories',L(V)),('terminating',univ.Boolean(),'def'),('threshold',I,'opt'))
MapFile=S(('numberOfRepositories',I),('repositories',L(Repository)),('numberOfMappings',I),('mappings',L(Mapping)))
# what a key id is the SHA-256 of
KeyOfId=univ.Sequence(componentType=namedtype.NamedTypes(
  namedtype.NamedType('t',E.subtype(implicitTag=tag.Tag(CTX,0,1))),namedtype.NamedType('v',O.subtype(implicitTag=tag.Tag(CTX,0,2)))))
def make(t,val):
    if isinstance(t,univ.Choice):
        o=t.clone(); (name,v),=val.items()
        o.setComponentByName(name,make(t.componentType[name].asn1Object,v)); return o
    if isinstance(t,univ.Sequence):
        o=t.clone()
        for n,v in val.items(): o.setComponentByName(n,make(t.componentType[n].asn1Object,v))
        return o
    if isinstance(t,univ.SequenceOf):
        o=t.clone()
        if not val: o.clear()
        for i,v in enumerate(val): o.setComponentByPosition(i,make(t.componentType,v))
        return o
    return t.clone(val)
