using System.Net.Sockets;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Azure.Tests;

public sealed class AzuriteServerTests
{
    [Fact]
    public async Task The_emulator_ends_when_nobody_holds_its_standard_input()
    {
        await AzuriteServer.Require();
        var server = await AzuriteServer.Start();
        using (var connection = new TcpClient())
            await connection.ConnectAsync(server.Blobs.Host, server.Blobs.Port, TestContext.Current.CancellationToken);
        server.Process.StandardInput.Close(); // What the system does when this process is gone, however it went.
        await server.Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(server.Process.HasExited);
    }
}
