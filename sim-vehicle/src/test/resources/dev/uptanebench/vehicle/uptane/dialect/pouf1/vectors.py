#!/usr/bin/env python3
"""Makes the files beside it with pyasn1 (0.6) and cryptography, which know nothing of this project's encoder.

The types are those of docs/pouf1-der.md. The key is the Ed25519 key of 32 zero bytes.
"""
import calendar
import hashlib
from pyasn1.type import univ, char, namedtype, tag
from pyasn1.codec.der import encoder
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
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
Path=S(('np',I),('paths',L(V)),('nr',I),('roles',L(MultiRole)),('terminating',univ.Boolean(),'def'))
Delegs=S(('nk',I),('keys',L(PublicKey)),('nd',I),('delegations',L(Path)))
Targets=S(('n',I),('targets',L(TargetAndCustom)),('delegations',Delegs,'opt'),('vehicleIdentifier',U,'opt'),('correlationId',U,'opt'),('timeSource',PublicKey,'opt'))
Body=univ.Choice(componentType=auto(('root',Root),('targets',Targets),('snapshot',Snapshot),('timestamp',Timestamp)))
Signed=S(('type',E),('expires',I),('version',I),('body',Body))
def Envelope(signed): return S(('signed',signed),('numberOfSignatures',I),('signatures',L(Signature)))
Report=S(('ecuIdentifier',U),('previousTime',I),('currentTime',I),('securityAttack',U,'opt'),('installedImage',Target),('reportCounter',I))
Time=S(('n',I),('tokens',L(I)),('timestamp',I))
sk=Ed25519PrivateKey.from_private_bytes(bytes(32)); pub=sk.public_key().public_bytes_raw()
kt=univ.Sequence(componentType=namedtype.NamedTypes(
  namedtype.NamedType('t',E.subtype(implicitTag=tag.Tag(CTX,0,1))),namedtype.NamedType('v',O.subtype(implicitTag=tag.Tag(CTX,0,2)))))
k=kt.clone(); k['t']=1; k['v']=pub
kid=hashlib.sha256(encoder.encode(k)).digest()
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
def envelope(signedType,val):
    Env=Envelope(signedType)
    env=make(Env,{'signed':val,'numberOfSignatures':0,'signatures':[]})
    digest=hashlib.sha256(encoder.encode(env['signed'])).digest()
    sig={'keyid':kid,'method':1,'hash':{'function':1,'digest':digest},'value':sk.sign(digest)}
    return encoder.encode(make(Env,{'signed':val,'numberOfSignatures':1,'signatures':[sig]}))
H=lambda b: [{'function':1,'digest':b}]
EXP=calendar.timegm((2031,2,28,12,34,56))
key={'publicKeyid':kid,'publicKeyType':1,'publicKeyValue':pub}
ab=bytes.fromhex('ab'*32); cd=bytes.fromhex('cd'*64)
role=lambda r:{'role':r,'numberOfKeyids':1,'keyids':[kid],'threshold':1}
out={}
out['root']=envelope(Signed,{'type':0,'expires':EXP,'version':3,'body':{'root':{'numberOfKeys':1,'keys':[key],'numberOfRoles':4,'roles':[role(0),role(1),role(2),role(3)],'consistentSnapshot':True}}})
out['timestamp']=envelope(Signed,{'type':3,'expires':EXP,'version':2**63-1,'body':{'timestamp':{'filename':'snapshot.der','version':4,'length':99,'numberOfHashes':1,'hashes':H(ab)}}})
out['snapshot']=envelope(Signed,{'type':2,'expires':EXP,'version':128,'body':{'snapshot':{'n':2,'files':[{'filename':'supplier.der','version':5,'length':1,'numberOfHashes':1,'hashes':H(ab)},{'filename':'targets.der','version':2}]}}})
tgt=lambda name,l,h:{'filename':name,'length':l,'numberOfHashes':len(h),'hashes':h}
out['targets']=envelope(Signed,{'type':1,'expires':EXP,'version':6,'body':{'targets':{'n':3,'targets':[
 {'target':tgt('a/b.bin',5,H(ab)+[{'function':3,'digest':cd}]),'custom':{'releaseCounter':9,'hardwareIdentifier':'H-1','ecuIdentifier':'S-1','numberOfFurtherECUs':1,'furtherECUs':[{'ecuIdentifier':'S-2','hardwareIdentifier':'H-2'}]}},
 {'target':tgt('c.bin',0,H(ab)),'custom':{'hardwareIdentifier':'H-2','numberOfHW':1,'hw':['H-1']}},
 {'target':tgt('plain \u00fc',300,H(ab))}],
 'delegations':{'nk':1,'keys':[key],'nd':2,'delegations':[{'np':1,'paths':['a/*'],'nr':1,'roles':[{'rolename':'supplier','numberOfKeyids':1,'keyids':[kid],'threshold':1}],'terminating':True},
   {'np':1,'paths':['*'],'nr':1,'roles':[{'rolename':'other','numberOfKeyids':1,'keyids':[kid],'threshold':1}]}]},
 'vehicleIdentifier':'VIN','correlationId':'order-1'}}})
out['time-root']=envelope(Signed,{'type':0,'expires':EXP,'version':4,'body':{'root':{'numberOfKeys':1,'keys':[key],'numberOfRoles':4,'roles':[role(0),role(1),role(2),role(3)],'timeSource':key}}})
out['time-targets']=envelope(Signed,{'type':1,'expires':EXP,'version':8,'body':{'targets':{'n':0,'targets':[],'vehicleIdentifier':'VIN','timeSource':key}}})
nonce=bytes(range(12)); share=bytes(range(32)); wrapped=bytes(range(80))
out['encrypted']=envelope(Signed,{'type':1,'expires':EXP,'version':7,'body':{'targets':{'n':1,'targets':[
 {'target':tgt('a.bin',5,H(ab)),'custom':{'hardwareIdentifier':'H-1','ecuIdentifier':'S-1','encryptedTarget':tgt('a.bin.S-1.enc',21,H(ab)),
   'encryptedSymmetricKey':{'type':2,'value':wrapped},'numberOfFurtherECUs':2,'furtherECUs':[
    {'ecuIdentifier':'S-2','hardwareIdentifier':'H-1','encryption':{'encryptedTarget':tgt('a.bin.S-2.enc',21,H(ab)),'encryptionMethod':0,'encryptionParameter':nonce}},
    {'ecuIdentifier':'S-3','hardwareIdentifier':'H-1','encryption':{'encryptedTarget':tgt('a.bin.S-3.enc',21,H(ab)),'encryptionMethod':1,'encryptionParameter':share}}],
   'encryptionMethod':0,'encryptionParameter':nonce}}]}}})
out['delta']=envelope(Signed,{'type':1,'expires':EXP,'version':8,'body':{'targets':{'n':1,'targets':[
 {'target':tgt('a.bin',5,H(ab)),'custom':{'hardwareIdentifier':'H-1','ecuIdentifier':'S-1',
   'numberOfFurtherECUs':2,'furtherECUs':[
    {'ecuIdentifier':'S-2','hardwareIdentifier':'H-1','encryption':{'encryptedTarget':tgt('b.enc',21,H(ab)),'encryptionMethod':0,'encryptionParameter':nonce},
     'delta':{'target':tgt('b.vcdiff',4,H(ab)),'algorithm':0}},
    {'ecuIdentifier':'S-3','hardwareIdentifier':'H-1','delta':{'target':tgt('c.vcdiff',300,H(ab)),'algorithm':0}}],
   'delta':{'target':tgt('a.vcdiff',3,H(ab)),'algorithm':0}}}]}}})
out['report']=envelope(Report,{'ecuIdentifier':'S-1','previousTime':EXP-9,'currentTime':EXP,'securityAttack':'freeze,mix-and-match','installedImage':tgt('a.bin',12,H(ab)),'reportCounter':77})
out['time']=envelope(Time,{'n':2,'tokens':[int('01'+'00ff00ff00ff00ff',16),int('01'+'8000000000000001',16)],'timestamp':EXP})
Repository=S(('name',U),('numberOfServers',I),('servers',L(V)))
Mapping=S(('numberOfPaths',I),('paths',L(V)),('numberOfRepositories',I),('repositories',L(V)),('terminating',univ.Boolean(),'def'),('threshold',I,'opt'))
MapFile=S(('numberOfRepositories',I),('repositories',L(Repository)),('numberOfMappings',I),('mappings',L(Mapping)))
repository=lambda n:{'name':n,'numberOfServers':1,'servers':['http://backend/'+n]}
out['map']=encoder.encode(make(MapFile,{'numberOfRepositories':3,'repositories':[repository('director'),repository('image'),repository('supplier')],
 'numberOfMappings':2,'mappings':[
  {'numberOfPaths':2,'paths':['brake-*','a/b'],'numberOfRepositories':3,'repositories':['director','image','supplier'],'threshold':2},
  {'numberOfPaths':1,'paths':['*'],'numberOfRepositories':2,'repositories':['director','image'],'terminating':True}]}))
for name, file in out.items():
    open(name + '.der', 'wb').write(file)
