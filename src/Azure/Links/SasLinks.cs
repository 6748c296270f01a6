using System.Buffers.Binary;
using System.Net;
using Azure.Storage.Sas;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Links;

/// <summary>What both kinds of signature have in common: the container's address, the right, the life, https, the address range.</summary>
internal static class SasLinks
{
    /// <exception cref="BadInputException">The life is not between now and <see cref="LinkRequest.LongestLife"/>, or the range is not one.</exception>
    public static BlobSasBuilder Builder(LinkRequest request, Uri container, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Expiry <= request.Start || request.Expiry <= now)
            throw new BadInputException("link.life", "A link must end after it starts, and in the future.");
        if (request.Expiry - request.Start > LinkRequest.LongestLife)
            throw new BadInputException("link.life", $"A link lives at most {LinkRequest.LongestLife.TotalDays:F0} days: ask for a shorter life.");
        var builder = new BlobSasBuilder(Rights(request.Right), request.Expiry)
        {
            BlobContainerName = request.Area,
            Resource = "c",
            StartsOn = request.Start,
            // An emulator on this machine may speak http.
            Protocol = container.IsLoopback && container.Scheme == Uri.UriSchemeHttp ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
        };
        if (request.IpRange is { } range)
            builder.IPRange = Range(range);
        return builder;
    }

    private static BlobContainerSasPermissions Rights(LinkRight right) => right switch
    {
        LinkRight.Create => BlobContainerSasPermissions.Create,
        LinkRight.CreateOrOverwrite => BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write,
        LinkRight.Read => BlobContainerSasPermissions.Read,
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };

    private static SasIPRange Range(string range) => IpRange.Parse(range) is { } ends
        ? ends.First == ends.Last ? new SasIPRange(Address(ends.First)) : new SasIPRange(Address(ends.First), Address(ends.Last))
        : throw new BadInputException("link.ip_range", $"'{range}' is no range of addresses: give one IPv4 address, or two with a hyphen, the lower one first.", range);

    private static IPAddress Address(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }
}
