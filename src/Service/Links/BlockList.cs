using System.Xml;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>The body of Put Block List, and ids of blocks.</summary>
internal static class BlockList
{
    /// <summary>Bytes of an id before it is written in base 64.</summary>
    private const int MaximumIdBytes = 64;

    /// <summary>Bytes of a list of so many blocks, at most.</summary>
    public static long MaximumBytes(int blocks) => 1000 + 140L * blocks;

    /// <summary>Null if it is no id.</summary>
    public static byte[]? Id(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) && count is > 0 and <= MaximumIdBytes ? bytes[..count] : null;
    }

    /// <summary>The ids in their order. Files here have no committed blocks that could be listed again.</summary>
    /// <exception cref="BlobProblem">Not such a document, or more than <paramref name="maximum"/>.</exception>
    public static IReadOnlyList<byte[]> Read(Stream xml, int maximum)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true };
        try
        {
            using var reader = XmlReader.Create(xml, settings);
            var ids = new List<byte[]>();
            reader.MoveToContent();
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "BlockList" })
                throw Invalid();
            if (reader.IsEmptyElement)
                return ids;
            reader.Read();
            while (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.LocalName is not ("Latest" or "Uncommitted" or "Committed"))
                    throw Invalid();
                if (reader.LocalName == "Committed" || ids.Count == maximum)
                    throw BlobProblem.BadBlockList();
                ids.Add(Id(reader.ReadElementContentAsString().Trim()) ?? throw BlobProblem.BadBlockList());
            }
            return reader.NodeType == XmlNodeType.EndElement ? ids : throw Invalid();
        }
        catch (XmlException)
        {
            throw Invalid();
        }
    }

    private static BlobProblem Invalid() => new(400, "InvalidXmlDocument", "The block list is not well formed.");
}
