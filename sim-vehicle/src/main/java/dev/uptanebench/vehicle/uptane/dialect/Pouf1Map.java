package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.asn1.DERSequence;

/** POUF-1's {@code MapFile}. In POUF-1 all repositories of a mapping have to agree; a smaller threshold is an extension. */
final class Pouf1Map {
    private Pouf1Map() {}

    static RepositoryMap read(Bytes file) throws MalformedMetadata {
        if (file.length() > RepositoryMap.MOST_BYTES) {
            throw new MalformedMetadata("file: expected at most " + RepositoryMap.MOST_BYTES + " bytes");
        }
        try {
            return DerReader.read(file, Pouf1Map::map);
        } catch (IllegalArgumentException e) {
            throw new MalformedMetadata(String.valueOf(e.getMessage()));
        }
    }

    private static RepositoryMap map(DerReader map) throws MalformedMetadata {
        SortedMap<String, List<String>> named = map.named(0, "repositories",
                repository -> Map.entry(repository.text(0, "name", 1),
                        repository.list(1, "servers", DerReader::text)));
        SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
        named.forEach((name, urls) -> servers.put(new RepositoryName(name), urls));
        return new RepositoryMap(servers, map.sequences(2, "mappings", Pouf1Map::mapping));
    }

    private static RepositoryMap.Mapping mapping(DerReader mapping) throws MalformedMetadata {
        List<String> paths = mapping.list(0, "paths", DerReader::text);
        List<RepositoryName> repositories = mapping.list(2, "repositories", DerReader::text).stream()
                .map(RepositoryName::new).toList();
        boolean terminating = mapping.flag(4, "terminating");
        return mapping.has(5)
                ? new RepositoryMap.Mapping(paths, repositories, terminating,
                        (int) mapping.integer(5, "threshold", 1, repositories.size() - 1L))
                : new RepositoryMap.Mapping(paths, repositories, terminating);
    }

    static Bytes write(RepositoryMap map) {
        return DerFields.encode(new DerFields().list(0, map.servers().entrySet(), Pouf1Map::repository)
                .list(2, map.mappings(), Pouf1Map::mapping).sequence());
    }

    private static DERSequence repository(Map.Entry<RepositoryName, List<String>> repository) {
        return new DerFields().text(0, repository.getKey().id()).list(1, repository.getValue(), DerFields::text)
                .sequence();
    }

    private static DERSequence mapping(RepositoryMap.Mapping mapping) {
        DerFields fields = new DerFields().list(0, mapping.paths(), DerFields::text)
                .list(2, mapping.repositories(), name -> DerFields.text(name.id())).flag(4, mapping.terminating());
        boolean all = mapping.threshold() == mapping.repositories().size();
        return (all ? fields : fields.integer(5, mapping.threshold())).sequence();
    }
}
